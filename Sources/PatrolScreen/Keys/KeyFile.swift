import PatrolJSON
import PatrolPresentation

/// What is wrong in a file of keys, and where.
package struct KeyFault: Error, Hashable, Sendable {
    package enum Reason: Hashable, Sendable {
        /// The text is no JSON, in words.
        case json(String)
        /// The whole is an object: `{"COMMAND": ["KEY", …]}`.
        case notAnObject
        case unknownCommand(String)
        /// A command's keys are a list of texts, at most so many.
        case notAList(limit: Int)
        case unknownKey(String)
        /// These keys work before everything else, and always the same.
        case fixed(String)
        /// The key means another command in the same place.
        case clash(key: String, with: String)
    }

    /// From 1; nil where it is not known.
    package let line: Int?
    package let reason: Reason
}

extension KeyFault.Reason {
    /// In words, without a full stop.
    package var words: String {
        switch self {
        case .json(let words): words
        case .notAnObject: "a file of keys is `{\"COMMAND\": [\"KEY\", …], …}`"
        case .unknownCommand(let name): "there is no command `\(name)`"
        case .notAList(let limit): "the keys of a command are a list of texts, at most \(limit)"
        case .unknownKey(let name): "there is no key `\(name)`"
        case .fixed(let name): "`\(name)` always stays what it is"
        case .clash(let key, let other): "`\(key)` means `\(other)` in the same place"
        }
    }
}

extension KeyFault {
    /// `line 3: there is no key `Hyper-X``
    package var sentence: String { line.map { "line \($0): \(reason.words)" } ?? reason.words }
}

/// Everything that is wrong in a file of keys, in the order of its lines.
package struct KeyFaults: Error, Hashable, Sendable {
    package let faults: [KeyFault]
}

extension KeyTable {
    /// In bytes.
    package static let maximumFileLength = 65_536
    static let keysOfCommand = 8
    private static let fileLimits = JSONLimits(bytes: maximumFileLength, depth: 4, values: 2_000)

    /// The usual keys, but those of the commands that are named in `bytes`, which get exactly the keys that
    /// stand there: `{"flagToken": ["f", "F8"], "quit": []}`. Says everything that is wrong at once.
    package init(parsing bytes: [UInt8]) throws(KeyFaults) {
        let json: JSON
        do throws(JSONFault) {
            json = try JSON(parsing: bytes, limits: Self.fileLimits)
        } catch {
            throw KeyFaults(faults: [KeyFault(line: error.line, reason: .json(error.reason.words))])
        }
        guard let members = json.members else { throw KeyFaults(faults: [KeyFault(line: 1, reason: .notAnObject)]) }
        var reader = KeyFileReader(bytes: bytes)
        for member in members { reader.read(member) }
        reader.findClashes()
        guard reader.faults.isEmpty else {
            throw KeyFaults(faults: reader.faults.sorted { ($0.line ?? 0) < ($1.line ?? 0) })
        }
        self.init(bindings: reader.bindings)
    }

    /// Takes one member after another into the usual table.
    private struct KeyFileReader {
        let bytes: [UInt8]
        var bindings = KeyTable.standard.bindings
        var faults: [KeyFault] = []
        /// Where the keys of a command that was named stand.
        private var lines: [Intent: Int] = [:]

        init(bytes: [UInt8]) { self.bytes = bytes }

        mutating func read(_ member: JSONMember) {
            guard let intent = Intent(rawValue: member.name) else {
                return note(.unknownCommand(member.name), [.name(member.name)])
            }
            if KeyTable.fixed.values.contains(intent) { return note(.fixed(member.name), [.name(member.name)]) }
            guard let elements = member.value.elements, elements.count <= KeyTable.keysOfCommand else {
                return note(.notAList(limit: KeyTable.keysOfCommand), [.name(member.name)])
            }
            var keys: [Key] = []
            for (place, element) in elements.enumerated() {
                let path: [JSONPlace.Step] = [.name(member.name), .index(place)]
                guard let name = element.string else {
                    note(.notAList(limit: KeyTable.keysOfCommand), path)
                    continue
                }
                guard let key = Key(named: name) else {
                    note(.unknownKey(name), path)
                    continue
                }
                if KeyTable.fixed[key] != nil { note(.fixed(name), path) } else if !keys.contains(key) { keys.append(key) }
            }
            lines[intent] = JSONPlace(of: [.name(member.name)], in: bytes)?.line
            for place in bindings.indices where bindings[place].intent == intent { bindings[place].keys = keys }
        }

        /// A key that a person gave to a command must mean nothing else where that command works.
        mutating func findClashes() {
            var told: Set<KeyFault> = []
            for (place, binding) in bindings.enumerated() where lines[binding.intent] != nil {
                for (otherPlace, other) in bindings.enumerated() {
                    let isToldLater = lines[other.intent] != nil && otherPlace < place
                    guard binding.intent != other.intent, !isToldLater, !binding.places.isDisjoint(with: other.places) else {
                        continue
                    }
                    for key in binding.keys where other.keys.contains(key) {
                        let fault = KeyFault(
                            line: lines[binding.intent], reason: .clash(key: key.words.text, with: other.intent.rawValue))
                        if told.insert(fault).inserted { faults.append(fault) }
                    }
                }
            }
        }

        private mutating func note(_ reason: KeyFault.Reason, _ path: [JSONPlace.Step]) {
            faults.append(KeyFault(line: JSONPlace(of: path, in: bytes)?.line, reason: reason))
        }
    }

    /// These work before everything else.
    fileprivate static let fixed: [Key: Intent] = [
        .control("c"): .interrupt, .control("l"): .redraw, .control("z"): .suspend,
    ]
}

extension Model {
    /// Takes over the keys of a person's own file. What is wrong in it is told, and the usual keys stay.
    @discardableResult
    package mutating func takeKeys(_ bytes: [UInt8], from path: String) -> String? {
        do throws(KeyFaults) {
            keys = try KeyTable(parsing: bytes)
            return nil
        } catch {
            keys = .standard
            let first = error.faults.first?.sentence ?? ""
            let more = error.faults.count > 1 ? " (and \(error.faults.count - 1) more)" : ""
            let words = "\(path): \(first)\(more): the usual keys stay"
            status = Status(SafeText(words), .bad)
            return words
        }
    }
}
