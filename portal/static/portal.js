/* Starts the scripts of the components. Every page works without them. */
import { initAll } from './govuk-frontend/govuk-frontend.min.js'

initAll()
