"""Wrong ideas, by subject: every module-level Idea of these modules is one that a check can name."""
