"""The portal: records what people do. It serves and never imports the static site."""
