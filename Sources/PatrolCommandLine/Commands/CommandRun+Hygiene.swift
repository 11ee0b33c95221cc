import PatrolDomain
import PatrolJSON
import PatrolOperations
import PatrolPresentation

extension CommandRun {
    /// The rules of hygiene, with the thresholds of the account; where there is none, with the usual ones.
    mutating func listRules() throws(CommandFailure) {
        let standing = try hygiene()
        if isJSON {
            try output.json(.array(RuleEntry.all.map { $0.json(standing.settings, missing: standing.missing) }), pretty: true)
            return
        }
        for entry in RuleEntry.all {
            for line in entry.lines(standing.settings, missing: standing.missing) { try output.line(line) }
        }
        for line in GuardWords.lines(standing.settings, standing.telemetry) { try output.line(line) }
    }

    private func hygiene() throws(CommandFailure) -> (settings: HygieneSettings, telemetry: Telemetry?, missing: Set<RuleEntry.Basis>) {
        do throws(PatrolError) {
            let patrol = try Patrol(opening: location, readOnly: true, catalogue: catalogue)
            return (try patrol.settings().hygiene, try patrol.telemetry(), try patrol.missingBases())
        } catch {
            if case .noAccount = error { return (HygieneSettings(), nil, []) }
            throw CommandFailure(error)
        }
    }

    // MARK: Settings

    mutating func listSettings() throws(CommandFailure) {
        let settings = try settings().hygiene
        if isJSON {
            try output.json(settings.json, pretty: true)
            return
        }
        try output.line("profile  \(settings.profile.rawValue)")
        var table = TextTable(Self.thresholdColumns, width: width)
        for line in table.lines(HygieneThreshold.allCases.map { $0.cells(settings) }) { try output.line(line) }
    }

    private static let thresholdColumns = [
        TableColumn("threshold", minimum: 12, ideal: 24), TableColumn("value", minimum: 8, ideal: 12),
        TableColumn("default", minimum: 7, ideal: 10, rank: 2), TableColumn("strict", minimum: 7, ideal: 10, rank: 3),
        TableColumn("bounds", minimum: 7, ideal: 12, rank: 4), TableColumn("what it is", minimum: 20, ideal: 70, rank: 5),
    ]

    mutating func setSetting() throws(CommandFailure) {
        let (name, text) = (line.arguments[0], line.arguments[1])
        var settings = try settings()
        if name == "profile" {
            guard let profile = HygieneSettings.Profile(rawValue: text) else {
                throw usage("`\(text)` is no profile: there are `default` and `strict`")
            }
            settings.hygiene.profile = profile
        } else {
            let threshold = try threshold(name)
            // `45d` and `45` mean the same where days are meant.
            let digits = threshold.measure.unit == .days && text.hasSuffix("d") ? String(text.dropLast()) : text
            guard let value = Int(digits), !digits.hasPrefix("+") else {
                throw usage("`\(text)` is no number for `\(name)`, which is in \(threshold.measure.unit.rawValue)")
            }
            settings.hygiene.overrides[threshold] = value
        }
        try change(to: settings)
    }

    mutating func resetSettings() throws(CommandFailure) {
        let names = line.arguments
        var settings = try settings()
        if names.isEmpty { settings.hygiene = HygieneSettings() }
        for name in names {
            if name == "profile" {
                settings.hygiene.profile = .usual
            } else {
                settings.hygiene.overrides[try threshold(name)] = nil
            }
        }
        try change(to: settings)
    }

    private mutating func settings() throws(CommandFailure) -> AccountSettings {
        let patrol = try open().patrol
        return try Self.door { () throws(PatrolError) in try patrol.settings() }
    }

    private mutating func change(to settings: AccountSettings) throws(CommandFailure) {
        try report(perform(.changeSettings(ChangeSettings(hygiene: settings.hygiene, version: settings.version))))
    }

    private func threshold(_ name: String) throws(CommandFailure) -> HygieneThreshold {
        guard let threshold = HygieneThreshold(rawValue: name) else {
            throw usage("there is no setting `\(name)`; `patrol settings list` shows them")
        }
        return threshold
    }

    // MARK: Suppressions

    mutating func suppressFinding() throws(CommandFailure) {
        let token = try token(line.arguments[0])
        let rule = try rule(line.arguments[1])
        let endsAt = try moment(line.value("until") ?? "", place: "`--until`")
        let suppression = SuppressFinding(
            token: token.id, version: token.version, rule: rule, reason: line.value("reason") ?? "", endsAt: endsAt)
        try report(perform(.suppressFinding(suppression)))
    }

    mutating func liftSuppression() throws(CommandFailure) {
        let token = try token(line.arguments[0])
        let rule = try rule(line.arguments[1])
        try report(perform(.liftSuppression(token.id, rule: rule, version: token.version)))
    }

    private func rule(_ word: String) throws(CommandFailure) -> HygieneRule {
        guard let rule = HygieneRule(word: word) else {
            throw usage("there is no rule `\(word)`; `patrol rules` lists them")
        }
        return rule
    }
}

extension HygieneThreshold {
    fileprivate func cells(_ settings: HygieneSettings) -> [SafeText] {
        let bounds = measure.bounds
        let mark = settings.overrides[self] == nil ? "" : " *"
        return [
            SafeText(rawValue), "\(words(settings[self]).text)\(mark)", words(measure.usual), words(measure.strict),
            "\(bounds.lowerBound)–\(bounds.upperBound)", title,
        ]
    }
}

extension HygieneSettings {
    fileprivate var json: JSON {
        [
            "profile": .string(profile.rawValue),
            "thresholds": .array(
                HygieneThreshold.allCases.map { threshold in
                    [
                        "name": .string(threshold.rawValue), "value": JSON(self[threshold]),
                        "isSet": .bool(overrides[threshold] != nil), "default": JSON(threshold.measure.usual),
                        "strict": JSON(threshold.measure.strict), "least": JSON(threshold.measure.bounds.lowerBound),
                        "most": JSON(threshold.measure.bounds.upperBound), "unit": .string(threshold.measure.unit.rawValue),
                        "about": .string(threshold.title.text),
                    ]
                }),
        ]
    }
}

extension RuleEntry {
    fileprivate func json(_ settings: HygieneSettings, missing: Set<Basis>) -> JSON {
        let words = RuleWords(of: rule, settings: settings)
        return [
            "code": .string(code), "rule": .string(word), "title": .string(words.title.text),
            "group": .string(group.rawValue), "severities": JSON(severities.map(\.word.text)),
            "condition": .string(words.condition.text), "advice": .string(words.advice.text),
            "remedy": .string(remedy.rawValue), "blastRadius": .string(words.blast.text),
            "whyThisMayBeWrong": .string(words.doubt.text), "standards": JSON(standards),
            "restsOn": .string(basis.rawValue), "isJudged": .bool(!missing.contains(basis)),
            "thresholds": .array(
                thresholds.map { ["name": .string($0.rawValue), "value": JSON(settings[$0])] }),
        ]
    }
}
