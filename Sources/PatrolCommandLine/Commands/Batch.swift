import PatrolDomain
import PatrolJSON
import PatrolOperations
import PatrolPresentation

extension CommandRun {
    /// Answers questions, one JSON line each, in their order: `{"token": ID, "action": …, "resource": …}`.
    ///
    /// A question that can't be answered gets `{"error": …, "line": N}` in its place; the others are answered all the
    /// same. What was read together is answered before more is waited for, and from one state of the account.
    mutating func answerBatch() throws(CommandFailure) -> ExitCode {
        var batch = Batch(explainer: Explainer(try open().patrol))
        var rest: [UInt8] = []
        while true {
            let bytes = console.read(1 << 18)
            try Self.door { () throws(PatrolError) in try batch.explainer.refresh() }
            if bytes.isEmpty {
                if !rest.isEmpty { try batch.answer(rest[...], to: &output) }
                try output.flush()
                return batch.hasErrors ? .usage : .done
            }
            rest += bytes
            var start = rest.startIndex
            while let end = rest[start...].firstIndex(of: UInt8(ascii: "\n")) {
                try batch.answer(rest[start..<end], to: &output)
                start = end + 1
            }
            rest.removeSubrange(..<start)
            guard rest.count <= JSONLimits.line.bytes else {
                throw .input("line \(batch.line + 1) is longer than \(JSONLimits.line.bytes) bytes")
            }
            try output.flush()
        }
    }
}

private struct Batch {
    let explainer: Explainer
    /// Lines read so far.
    private(set) var line = 0
    private(set) var hasErrors = false
    private let reader = JSONReader(limits: .line)

    init(explainer: Explainer) { self.explainer = explainer }

    mutating func answer(_ bytes: ArraySlice<UInt8>, to output: inout Output) throws(CommandFailure) {
        line += 1
        let answer: JSON
        do throws(CommandFailure) {
            guard bytes.contains(where: { $0 > 0x20 }) else { throw CommandFailure.input("empty line") }
            answer = .object(try decision(on: bytes).fields)
        } catch {
            if case .unavailable = error { throw error }
            hasErrors = true
            answer = ["error": .string(error.sentence ?? ""), "line": JSON(line)]
        }
        try output.json(answer)
    }

    private func decision(on bytes: ArraySlice<UInt8>) throws(CommandFailure) -> Decision {
        let question = try question(bytes)
        do throws(PatrolError) {
            return try explainer.decide(question.request, for: question.subject)
        } catch {
            throw CommandFailure(error)
        }
    }

    private func question(
        _ bytes: ArraySlice<UInt8>
    ) throws(CommandFailure) -> (request: InternedRequest, subject: Explainer.Subject) {
        let json: JSON
        do throws(JSONFault) {
            json = try bytes.withUnsafeBufferPointer { (buffer) throws(JSONFault) in
                try reader.read(UnsafeRawBufferPointer(buffer))
            }
        } catch {
            throw .input("column \(error.column): \(error.reason.words)")
        }
        guard let members = json.members else { throw .input("a question is an object") }
        var subject: Explainer.Subject?
        var action: String?
        var resource: String?
        for member in members {
            guard let text = member.value.string else { throw .input("`\(member.name)` is a text") }
            switch member.name {
            case "action": action = text
            case "resource": resource = text
            case "token", "member", "role":
                guard subject == nil else { throw .input("one of `token`, `member` and `role` is needed") }
                subject = Explainer.Subject(member.name, text)
                if subject == nil { throw .notFound("there is no token with the id `\(text)`") }
            default: throw .input("questions have no field `\(member.name)`")
            }
        }
        guard let subject else { throw .input("one of `token`, `member` and `role` is needed") }
        guard let action, let resource else {
            throw .input("`\(action == nil ? "action" : "resource")` is missing")
        }
        return (try request(action, resource), subject)
    }

    private func request(_ action: String, _ resource: String) throws(CommandFailure) -> InternedRequest {
        if let known = explainer.known(action: action, resource: resource) { return known }
        _ = try CommandRun.request(action: action, resource: resource)
        do throws(SpecifierFault) {
            return try explainer.intern(action: action, resource: resource)
        } catch {
            throw .input("the resource `\(resource)` can't be read: \(error.sentence)")
        }
    }
}
