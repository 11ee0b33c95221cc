internal import PatrolJSON

/// A patch of JSON by operations (RFC 6902).
struct JSONPatch {
    private enum Operation {
        case add(JSON), remove, replace(JSON), test(JSON)
        case move(from: JSONPointer), copy(from: JSONPointer)
    }

    private let steps: [(operation: Operation, path: JSONPointer)]

    init(json: JSON) throws(RESTFault) {
        guard let elements = json.elements else { throw .invalid("a patch is a list of operations") }
        guard elements.count <= RESTLimits.patchOperations else {
            throw .invalid("a patch has at most \(RESTLimits.patchOperations) operations")
        }
        var steps: [(Operation, JSONPointer)] = []
        for (place, element) in elements.enumerated() {
            let object = try BodyObject(element, at: "[\(place)]")
            let path = try JSONPointer(try object.required("path"))
            steps.append((try Self.operation(object, element), path))
        }
        self.steps = steps
    }

    private static func operation(_ object: BodyObject, _ json: JSON) throws(RESTFault) -> Operation {
        func value() throws(RESTFault) -> JSON {
            guard let value = json["value"] else { throw object.wrong("value", "needed") }
            return value
        }
        switch try object.required("op") {
        case "add": return .add(try value())
        case "remove": return .remove
        case "replace": return .replace(try value())
        case "test": return .test(try value())
        case "move": return .move(from: try JSONPointer(try object.required("from")))
        case "copy": return .copy(from: try JSONPointer(try object.required("from")))
        default: throw object.wrong("op", "`add`, `remove`, `replace`, `move`, `copy` or `test`")
        }
    }

    /// The document after all of the operations.
    ///
    /// - Parameter optional: Members of the document that may be absent: to replace one that is, adds it.
    /// - Throws: 422 where an operation does not fit, 409 where a test fails.
    func applied(to document: JSON, optional: [String] = []) throws(RESTFault) -> JSON {
        var document = document
        for (operation, path) in steps {
            switch operation {
            case .add(let value): document = try path.add(value, to: document)
            case .remove: document = try path.remove(from: document)
            case .replace(let value):
                if optional.contains(where: { path.steps == [$0] }) {
                    document = try path.add(value, to: document)
                } else {
                    document = try path.replace(value, in: document)
                }
            case .test(let value):
                guard let found = path.value(in: document), found.isSame(as: value) else {
                    throw .changedMeanwhile("the test of `\(path.text)` failed: it is not what the patch expects")
                }
            case .move(let from):
                let value = try from.required(in: document)
                if path.steps.count > from.steps.count, path.steps.starts(with: from.steps) {
                    throw .unprocessable("`\(from.text)` can't be moved into itself")
                }
                document = try path.add(value, to: try from.remove(from: document))
            case .copy(let from):
                document = try path.add(try from.required(in: document), to: document)
            }
        }
        return document
    }
}

/// The way to a value in a document (RFC 6901).
struct JSONPointer {
    let text: String
    let steps: [String]

    init(_ text: String) throws(RESTFault) {
        self.text = text
        if text.isEmpty {
            steps = []
            return
        }
        guard text.utf8.first == UInt8(ascii: "/") else { throw .invalid("a path begins with `/`") }
        var steps: [String] = []
        for part in text.unicodeScalars.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
            steps.append(try Self.unescaped(part))
        }
        self.steps = steps
    }

    private static func unescaped(_ part: Substring.UnicodeScalarView) throws(RESTFault) -> String {
        var text = String.UnicodeScalarView()
        var rest = part
        while let scalar = rest.popFirst() {
            guard scalar == "~" else {
                text.append(scalar)
                continue
            }
            switch rest.popFirst() {
            case "0": text.append("~")
            case "1": text.append("/")
            default: throw .invalid("in a path `~` is written `~0`, and `/` inside a name `~1`")
            }
        }
        return String(text)
    }

    func value(in document: JSON) -> JSON? {
        var value = document
        for step in steps {
            switch value {
            case .object: guard let member = value[step] else { return nil }; value = member
            case .array(let elements):
                guard let place = Self.place(step, count: elements.count) else { return nil }
                value = elements[place]
            default: return nil
            }
        }
        return value
    }

    func required(in document: JSON) throws(RESTFault) -> JSON {
        guard let value = value(in: document) else { throw missing }
        return value
    }

    func add(_ value: JSON, to document: JSON) throws(RESTFault) -> JSON {
        try changed(document, steps[...]) { (parent, step) throws(RESTFault) in
            guard case .array(var elements) = parent else { return parent.setting(step, to: value) }
            let place = step == "-" ? elements.count : Self.place(step, count: elements.count + 1)
            guard let place else { throw missing }
            elements.insert(value, at: place)
            return .array(elements)
        } whole: { value }
    }

    func replace(_ value: JSON, in document: JSON) throws(RESTFault) -> JSON {
        _ = try required(in: document)
        return try changed(document, steps[...]) { (parent, step) throws(RESTFault) in
            guard case .array(var elements) = parent else { return parent.setting(step, to: value) }
            guard let place = Self.place(step, count: elements.count) else { throw missing }
            elements[place] = value
            return .array(elements)
        } whole: { value }
    }

    func remove(from document: JSON) throws(RESTFault) -> JSON {
        _ = try required(in: document)
        return try changed(document, steps[...]) { (parent, step) throws(RESTFault) in
            guard case .array(var elements) = parent else {
                return .object((parent.members ?? []).filter { $0.name != step })
            }
            guard let place = Self.place(step, count: elements.count) else { throw missing }
            elements.remove(at: place)
            return .array(elements)
        } whole: { .null }
    }

    private func changed(
        _ value: JSON, _ steps: ArraySlice<String>, last: (JSON, String) throws(RESTFault) -> JSON,
        whole: () -> JSON
    ) throws(RESTFault) -> JSON {
        guard let step = steps.first else { return whole() }
        guard value.members != nil || value.elements != nil else { throw missing }
        if steps.count == 1 { return try last(value, step) }
        let rest = steps.dropFirst()
        if case .array(var elements) = value {
            guard let place = Self.place(step, count: elements.count) else { throw missing }
            elements[place] = try changed(elements[place], rest, last: last, whole: whole)
            return .array(elements)
        }
        guard let inner = value[step] else { throw missing }
        return value.setting(step, to: try changed(inner, rest, last: last, whole: whole))
    }

    private var missing: RESTFault { .unprocessable("there is nothing at `\(text)`") }

    /// The place of an element: digits without leading zeros.
    private static func place(_ step: String, count: Int) -> Int? {
        guard let place = PercentEncoding.integer(step), place >= 0, place < count else { return nil }
        return Int(place)
    }
}

extension JSON {
    /// The object with a member of this name.
    func setting(_ name: String, to value: JSON) -> JSON {
        var members = members ?? []
        if let place = members.firstIndex(where: { $0.name == name }) {
            members[place].value = value
        } else {
            members.append(JSONMember(name, value))
        }
        return .object(members)
    }

    /// Equality as a test of a patch means it: members in any order, numbers by their value.
    func isSame(as other: JSON) -> Bool {
        switch (self, other) {
        case (.integer(let one), .real(let two)), (.real(let two), .integer(let one)): Double(one) == two
        case (.array(let one), .array(let two)):
            one.count == two.count && zip(one, two).allSatisfy { $0.isSame(as: $1) }
        case (.object(let one), .object(let two)):
            one.count == two.count
                && one.allSatisfy { member in other[member.name].map { member.value.isSame(as: $0) } ?? false }
        default: self == other
        }
    }

    /// This document changed by another one (RFC 7396): null takes a member away.
    func patched(by patch: JSON) -> JSON {
        guard let changes = patch.members else { return patch }
        var merged = JSON.object(members ?? [])
        for change in changes {
            if change.value.isNull {
                merged = .object((merged.members ?? []).filter { $0.name != change.name })
            } else {
                merged = merged.setting(change.name, to: (merged[change.name] ?? .null).patched(by: change.value))
            }
        }
        return merged
    }

    /// Refuses a change of anything but these members.
    func requireSame(as before: JSON, except changeable: [String]) throws(RESTFault) {
        guard let members else { throw .unprocessable("what is left is no object") }
        let names = members.map(\.name) + (before.members ?? []).map(\.name)
        for name in names where !changeable.contains(name) && self[name] != before[name] {
            throw .invalid("`/\(name)` can't be changed")
        }
    }
}

extension RESTRequest {
    /// What a body of operations asks for: a list, or an object with the list as `patch` and a comment.
    func jsonPatch() throws(RESTFault) -> (patch: JSONPatch, comment: String) {
        let body = try body()
        guard body.members != nil else { return (try JSONPatch(json: body), "") }
        let object = try BodyObject(body)
        guard let patch = object.value("patch") else { throw object.wrong("patch", "needed") }
        return (try JSONPatch(json: patch), try object.text("comment") ?? "")
    }
}
