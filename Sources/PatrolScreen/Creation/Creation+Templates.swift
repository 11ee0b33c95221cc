import PatrolDomain
import PatrolPresentation

extension Creation {
    /// One blank of a template that is being filled in.
    struct Blank: Equatable, Sendable {
        var template: Template
        /// Of the blanks before.
        var values: RoleAttributes
        var field = TextField(limit: ResourcePattern.maximumLength)
        var fault: SafeText?

        /// The name of the blank.
        var name: String { template.blanks[values.count] }

        /// Several keys stand with spaces between them.
        var written: [String] { field.text.split(separator: " ").map(String.init) }

        var question: SafeText { "Which \(name)? * stands for any text; several with spaces between." }
    }

    static func templatePage(_ rows: [TemplateRow]) -> Page {
        .templates(
            Chooser(
                rows.filter { !$0.isHidden }.map { row in
                    let template = row.template
                    return Chooser.Item(
                        template.key.text, SafeText(template.name), note: SafeText(template.description),
                        keywords: template.key.text)
                }))
    }

    mutating func choose(template key: String, _ model: Model) -> Outcome {
        guard let template = model.templates?.first(where: { $0.template.key.text == key })?.template else { return .stay }
        if template.blanks.isEmpty { return settle(template, [:]) }
        pages.append(.blank(Blank(template: template, values: [:])))
        return .stay
    }

    mutating func take(_ key: Key, _ blank: Blank) -> Outcome {
        var blank = blank
        guard key == .enter else {
            let outcome = blank.field.take(key)
            if outcome == .changed { blank.fault = nil }
            replace(.blank(blank))
            if case .refused(let why) = outcome { return .refused(why) }
            return .stay
        }
        let written = blank.written
        if written.isEmpty {
            blank.fault = BlankFault.missing(blank.name).sentence
        } else if let bad = written.first(where: { !ResourcePattern.isKey($0) }) {
            blank.fault = BlankFault.badValue(bad, of: blank.name).sentence
        }
        replace(.blank(blank))
        guard blank.fault == nil else { return .stay }
        var values = blank.values
        values[blank.name] = written
        if values.count == blank.template.blanks.count { return settle(blank.template, values) }
        pages.append(.blank(Blank(template: blank.template, values: values)))
        return .stay
    }

    /// What the template allows is needed, beside what was chosen by hand.
    private mutating func settle(_ template: Template, _ values: RoleAttributes) -> Outcome {
        do throws(BlankFault) {
            given = try template.policy.filled(values).statements
        } catch {
            return .refused(error.sentence)
        }
        proposedDays = template.expiryDays
        returnToStart()
        return .stay
    }

    /// All that the token must be able to do.
    var need: Policy {
        Policy(statements: Need.policy(for: needs).statements + given).withViewing
    }

    var hasNeeds: Bool { !needs.isEmpty || !given.isEmpty }
}
