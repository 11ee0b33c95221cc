import PatrolDomain
import PatrolJSON
import PatrolOperations
import PatrolPresentation

extension CommandRun {
    mutating func listTemplates() throws(CommandFailure) {
        let rows = try templates().filter { line.has("all") || !$0.isHidden }
        if isJSON { return try output.json(.array(rows.map(\.json)), pretty: true) }
        if isPlain {
            for row in rows { try read(row.facts(wording)) }
            return try output.line("end of the list, \(Count.number(rows.count).text) in all")
        }
        var table = TextTable(Columns.templates, width: width)
        for line in table.lines(rows.map(\.cells)) { try output.line(line) }
    }

    mutating func showTemplate() throws(CommandFailure) {
        let row = try templateRow(line.arguments[0])
        if isJSON { return try output.json(row.json, pretty: true) }
        try show(SafeText(row.template.key.text), row.facts(wording))
    }

    mutating func saveTemplate() throws(CommandFailure) {
        let text = line.arguments[0]
        guard let key = Key(text) else {
            throw usage("`\(text)` can't be a key: letters, digits, `.`, `-` and `_`")
        }
        let row = try templates().first { $0.template.key == key }
        var base = row?.template
        if line.has("original") {
            guard let original = Template.builtIn(key) else { throw usage("no template `\(key.text)` comes with Patrol") }
            base = original
        }
        guard let policy = try policy() ?? base?.policy else { throw usage("a new template needs `--policy FILE`") }
        let save = SaveTemplate(
            key: key, name: line.value("name") ?? base?.name ?? key.text,
            description: line.value("description") ?? base?.description ?? "", policy: policy,
            expiryDays: try expiryDays(base?.expiryDays), version: row?.template.version ?? 0)
        try report(perform(.saveTemplate(save)))
    }

    mutating func deleteTemplate() throws(CommandFailure) {
        let row = try templateRow(line.arguments[0])
        guard !row.isHidden else { throw .refused("the template `\(row.template.key.text)` is hidden already") }
        let key = row.template.key
        let verb = row.origin == .own ? "delete" : "hide"
        try confirm("\(verb) the template `\(key.text)`", word: key.text)
        try report(perform(.deleteTemplate(key, version: row.template.version)))
    }

    private func expiryDays(_ usual: Int?) throws(CommandFailure) -> Int? {
        guard let text = line.value("expires") else { return usual }
        if text == "never" { return nil }
        guard let span = TimeParsing.span(text), span.milliseconds >= TimeSpan.days(1).milliseconds else {
            throw usage("`\(text)` is no span of days for `--expires`: write one like 30d, or never")
        }
        return Int(span.milliseconds / TimeSpan.days(1).milliseconds)
    }

    private mutating func templates() throws(CommandFailure) -> [TemplateRow] {
        let patrol = try open().patrol
        return try Self.door { () throws(PatrolError) in try patrol.templates() }
    }

    private mutating func templateRow(_ text: String) throws(CommandFailure) -> TemplateRow {
        guard let row = try templates().first(where: { $0.template.key.text == text }) else {
            throw .notFound("there is no template `\(text)`; `patrol templates list` shows the keys")
        }
        return row
    }

    /// The template that `--template` names; nil where it names none.
    mutating func chosenTemplate() throws(CommandFailure) -> Template? {
        guard let key = line.value("template") else {
            guard !line.has("set") else { throw usage("`--set` fills in a template: name it with `--template KEY`") }
            return nil
        }
        let row = try templateRow(key)
        guard !row.isHidden else { throw .notFound("the template `\(key)` is hidden; `patrol templates save \(key)` shows it again") }
        return row.template
    }

    /// The template's policy with what `--set` says.
    func filled(_ template: Template) throws(CommandFailure) -> Policy {
        var values: RoleAttributes = [:]
        for text in line.list("set") {
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2, !parts[0].isEmpty else { throw usage("`\(text)` is not NAME=VALUE") }
            if values[parts[0]]?.contains(parts[1]) != true { values[parts[0], default: []].append(parts[1]) }
        }
        do { return try template.policy.filled(values) } catch {
            if case .missing(let name) = error {
                throw usage("the template `\(template.key.text)` asks for `\(name)`: add `--set \(name)=KEY`")
            }
            throw usage("the template `\(template.key.text)`: \(error.sentence.text)")
        }
    }
}

extension Columns {
    static let templates = [
        TableColumn("key", minimum: 10, ideal: 20, growth: 1),
        TableColumn("name", minimum: 10, ideal: 32, rank: 1, growth: 2),
        TableColumn("blanks", minimum: 8, ideal: 22, rank: 3, growth: 1),
        TableColumn("expiry", minimum: 8, ideal: 11, rank: 2),
        TableColumn("from", minimum: 8, ideal: 26, rank: 4),
    ]
}

extension TemplateRow {
    fileprivate var standing: SafeText { isHidden ? "\(origin.words.text), hidden" : origin.words }

    fileprivate var cells: [SafeText] {
        [
            SafeText(template.key.text), SafeText(template.name),
            template.blanks.isEmpty ? "–" : SafeText(template.blanks.joined(separator: ", ")),
            template.expiryWords, standing,
        ]
    }

    fileprivate func facts(_ wording: Wording) -> [Fact] {
        var facts = [Fact("name", SafeText(template.name)), Fact("from", standing)]
        if wording.isSpoken { facts.insert(Fact("key", SafeText(template.key.text)), at: 0) }
        if !template.description.isEmpty { facts.append(Fact("about", SafeText(template.description))) }
        facts.append(Fact("expiry", template.expiryWords))
        facts += template.blanks.map { Fact("blank", SafeText($0)) }
        return facts + template.policy.sentences.enumerated().map { Fact("statement \($0 + 1)", $1) }
    }

    fileprivate var json: JSON {
        [
            "key": .string(template.key.text), "name": .string(template.name),
            "description": .string(template.description), "policy": template.policy.json,
            "blanks": JSON(template.blanks), "expiryDays": JSON(template.expiryDays.map { Int64($0) }),
            "origin": .string(origin.rawValue), "hidden": .bool(isHidden), "version": JSON(template.version),
        ]
    }
}
