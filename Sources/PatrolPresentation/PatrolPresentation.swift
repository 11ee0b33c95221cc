// PatrolPresentation
