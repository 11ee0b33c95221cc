extension Authority { package func decide(_ r: Request) -> Decision { Decision(isAllowed: true, reason: .nothingApplies) } }
extension Policy { package static let maximumStatements = 500 }
