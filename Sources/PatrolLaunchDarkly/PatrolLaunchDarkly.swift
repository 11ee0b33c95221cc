// PatrolLaunchDarkly
