"""Figures over projects: records read, and the rules' counts over them, each leading back to its records.

Pages and reports take their figures from here, so that they cannot differ.
"""
