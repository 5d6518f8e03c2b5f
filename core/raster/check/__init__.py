"""A look at both dates before they are indexed: do they lie on each other, are they alike in light?"""
