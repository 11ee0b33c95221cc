extension AccountImport {
    /// What was read, with texts of bearable length: no name, purpose, description or title is longer than
    /// 1,000 Unicode scalars, and the source, which stands in the audit log, is as short as a comment.
    var bounded: AccountImport {
        var bounded = self
        bounded.source = TextRule.recordable(source, maximumLength: TextRule.comment.maximumLength)
        for place in members.indices {
            Self.cut(&bounded.members[place].firstName)
            Self.cut(&bounded.members[place].lastName)
        }
        for place in roles.indices {
            Self.cut(&bounded.roles[place].name)
            Self.cut(&bounded.roles[place].description)
        }
        for place in teams.indices { Self.cut(&bounded.teams[place].name) }
        for place in tokens.indices {
            Self.cut(&bounded.tokens[place].name)
            Self.cut(&bounded.tokens[place].purpose)
        }
        for place in pastEntries.indices {
            Self.cut(&bounded.pastEntries[place].actorName)
            Self.cut(&bounded.pastEntries[place].targetName)
            Self.cut(&bounded.pastEntries[place].title)
            Self.cut(&bounded.pastEntries[place].comment)
        }
        return bounded
    }

    private static let maximumLength = 1_000

    private static func cut(_ text: inout String) {
        // Bytes are counted faster than scalars, and are never fewer.
        guard text.utf8.count > maximumLength, text.unicodeScalars.count > maximumLength else { return }
        text = String(String.UnicodeScalarView(text.unicodeScalars.prefix(maximumLength)))
    }
}
