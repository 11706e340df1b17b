"""Chapters as notebooks for readers: plain Markdown, which every program that opens them shows.

The sources are written in MyST, for Sphinx. JupyterLab, Colab and VS Code know nothing of its
directives and roles, and would show them, and the solutions, as they are written.
"""
