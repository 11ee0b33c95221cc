extension Policy { package static let maximumPatterns = Statement.maximumPatterns }
