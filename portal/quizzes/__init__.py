"""Quizzes: starting an attempt, answering once, and seeing why."""
