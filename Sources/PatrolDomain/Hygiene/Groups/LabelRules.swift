/// What a token is called, what it is like, and how old its manners are.
enum LabelRules {
    static let entries = [
        RuleEntry(
            .duplicate, "HYG-26", "duplicate", .labels, [.low], [.hoard], remedy: .flag, basis: .account,
            standards: ["CIS-AWS 2.13"]),
        RuleEntry(
            .unclearName, "HYG-27", "name", .labels, [.low], remedy: .editName, standards: ["CISv8 5.5"]),
        RuleEntry(
            .oldVersion, "HYG-28", "old-version", .labels, [.low, .medium], [.versionsBehind, .sunset], remedy: .ask,
            basis: .versions, standards: []),
        RuleEntry(
            .missingPurpose, "HYG-33", "purpose", .labels, [.low], remedy: .editPurpose, standards: ["CISv8 5.5"]),
    ]

    static func judge(_ subject: Subject, into verdict: inout Verdict) {
        let token = subject.token
        if isUnclear(token.name) { verdict.add(.unclearName, .low, .name(token.name)) }
        if token.purpose.allSatisfy(\.isWhitespace) { verdict.add(.missingPurpose, .low, .plain) }
        version(subject, into: &verdict)
        duplicates(subject, into: &verdict)
    }

    private static func duplicates(_ subject: Subject, into verdict: inout Verdict) {
        if let twin = subject.facts.twin {
            if let gap = subject.telemetry.gap(since: subject.now - subject.settings.span(.forgotten)) {
                verdict.withhold(.duplicate, gap)
                return verdict.look(at: gap.end + subject.settings.span(.forgotten))
            }
            return verdict.add(.duplicate, .low, .twin(twin), basis: subject.basis)
        }
        if let count = subject.facts.ownedTokens, count > subject.settings[.hoard] {
            verdict.add(.duplicate, .low, .hoard(count))
        }
    }

    private static func version(_ subject: Subject, into verdict: inout Verdict) {
        let versions = subject.catalogue.versions
        guard let own = subject.token.apiVersion, let newest = versions.first, own < newest.number else { return }
        let behind = versions.count { $0.number > own }
        let end = versions.first { $0.number == own }?.endsAt
        let evidence = Finding.Evidence.apiVersion(own, behind: behind, endsAt: end)
        let isOld = behind >= subject.settings[.versionsBehind]
        guard let end else {
            if isOld { verdict.add(.oldVersion, .low, evidence) }
            return
        }
        let soon = end - subject.settings.span(.sunset)
        let now = end - .days(30)
        if subject.now >= now {
            verdict.add(.oldVersion, .medium, evidence)
        } else if isOld || subject.now >= soon {
            verdict.add(.oldVersion, .low, evidence)
        }
        if let next = [soon, now].filter({ $0 > subject.now }).min() { verdict.look(at: next) }
    }

    private static let unclearNames: Set<String> = [
        "test", "testing", "tmp", "temp", "token", "new", "foo", "bar", "default", "untitled", "qwerty", "",
    ]

    /// Fewer than four letters (bytes, because other scripts say more in fewer), or a word that says
    /// nothing, whatever number stands behind it.
    static func isUnclear(_ name: String) -> Bool {
        let bytes = name.utf8
        if bytes.count < 4 { return true }
        var end = bytes.endIndex
        while end > bytes.startIndex, isFiller(bytes[bytes.index(before: end)]) { end = bytes.index(before: end) }
        let word = bytes[..<end]
        // Long names are clear; most are long, and need no copy.
        if word.count > 16 { return false }
        let lowercase = String(decoding: word.map(Glob.lowercased), as: UTF8.self)
        return unclearNames.contains(lowercase) || lowercase.hasPrefix("asdf")
    }

    private static func isFiller(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "_"): true
        default: false
        }
    }
}
