import PatrolDomain
import PatrolJSON

extension AccountReader {
    /// An entry may have several accesses: their actions are joined by `, `, and the first resource stands
    /// for all.
    mutating func addPastEntry(_ entry: inout Entry) {
        guard let id = identity("_id", in: &entry, { Identifier<PastEntry>($0) }) else { return }
        let accesses = entry.objects("accesses")
        let actions = accesses.compactMap { $0["action"]?.string }
        let resource = accesses.lazy.compactMap { $0["resource"]?.string }.first ?? ""
        let target = entry.value("target")
        let targetName = target?["name"]?.string ?? entry.text("name") ?? ""
        let (actorID, actorName) = actor(in: entry)
        contents.pastEntries.append(
            PastEntry(
                id: id.text, at: entry.moment("date", orElse: now), actorID: actorID,
                actorName: entry.cleaned(actorName, "member", as: Self.line),
                tokenID: entry.value("token")?["_id"]?.string.flatMap(TokenID.init)?.text,
                action: entry.cleaned(actions.distinct.joined(separator: ", "), "accesses", as: Self.line),
                resource: entry.cleaned(resource, "accesses", as: Self.longLine),
                kind: entry.text("kind", as: .name),
                targetID: targetID(target?["resources"]?.elements?.first?.string ?? resource),
                targetName: entry.cleaned(targetName, "target", as: Self.line),
                title: entry.text(entry.value("titleVerb") == nil ? "title" : "titleVerb", as: Self.longLine),
                text: entry.text("description", asParagraphsUpTo: 20_000),
                comment: entry.text("comment", as: .comment)))
    }

    private static var line: TextRule { .foreign(256) }
    private static var longLine: TextRule { .foreign(1_000) }

    /// The person, else the app, else whatever name there is.
    private func actor(in entry: Entry) -> (id: String, name: String) {
        if let member = entry.value("member") {
            let id = member["_id"]?.string.flatMap(MemberID.init)?.text ?? ""
            let names = ["firstName", "lastName"].compactMap { member[$0]?.string }.filter { !$0.isEmpty }
            return (id, names.isEmpty ? member["email"]?.string ?? "" : names.joined(separator: " "))
        }
        let name = entry.value("app")?["name"] ?? entry.value("subject")?["name"]
        return ("", name?.string ?? entry.value("token")?["name"]?.string ?? "")
    }

    /// The key of the last segment: `a1` of `member/b2:token/a1;old`.
    private func targetID(_ resource: String) -> String {
        let last = resource.split(separator: ":").last ?? ""
        let key = last.split(separator: ";", maxSplits: 1).first?.split(separator: "/", maxSplits: 1).dropFirst()
        return key?.first.map { TextRule.foreign(256).cleaning(String($0)) } ?? ""
    }
}

extension Entry {
    /// A text of several lines, each cleaned by itself.
    mutating func text(_ field: String, asParagraphsUpTo limit: Int) -> String {
        guard let text = text(field) else { return "" }
        let rule = TextRule.foreign(limit)
        var lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .map { rule.cleaning(String($0) ?? "") }
            .joined(separator: "\n")
        if lines.unicodeScalars.count > limit {
            lines = String(String.UnicodeScalarView(lines.unicodeScalars.prefix(limit)))
        }
        if lines != text { note(.cleaned, field) }
        return lines
    }
}

extension [String] {
    fileprivate var distinct: [String] {
        reduce(into: []) { kept, text in
            if !kept.contains(text) { kept.append(text) }
        }
    }
}
