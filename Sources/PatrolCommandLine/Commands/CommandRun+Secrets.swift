import PatrolDomain
import PatrolJSON
import PatrolOperations
import PatrolPresentation

extension CommandRun {
    /// Carries out a command that makes a secret, and hands the secret over: alone on standard output, or
    /// in a new file. What is said about it goes to standard error.
    mutating func handOver(_ command: Command) throws(CommandFailure) {
        let file = try line.value("output").map { path throws(CommandFailure) in try NewFile(path) }
        let outcome: Outcome
        do throws(CommandFailure) {
            outcome = try perform(command)
        } catch {
            file?.discard()
            throw error
        }
        guard let secret = outcome.secret else {
            file?.discard()
            throw .unavailable("no secret came back")
        }
        do throws(CommandFailure) {
            try deliver(secret, of: outcome, to: file)
        } catch {
            // The token lives, but nobody has its secret.
            let id = outcome.entry.target.id
            let why = error.sentence ?? "nobody reads it"
            throw .unavailable(
                "the secret could not be handed over, and is lost; `patrol tokens rotate \(id)` makes another: \(why)")
        }
    }

    private mutating func deliver(
        _ secret: Secret, of outcome: Outcome, to file: NewFile?
    ) throws(CommandFailure) {
        let target = outcome.entry.target
        if let file {
            var bytes: [UInt8] = []
            bytes.reserveCapacity(secret.length + 1)
            secret.withBytes { bytes.append(contentsOf: $0) }
            bytes.append(UInt8(ascii: "\n"))
            defer { wipe(&bytes) }
            try file.finish(bytes)
            tell("the secret is in \(file.path)")
        } else if isJSON {
            output.expectSecret()
            try output.json([
                "id": .string(target.id), "name": .string(target.name), "secret": .string(secret.text),
                "entry": .integer(outcome.entry.sequence),
            ])
        } else {
            secret.withBytes { output.secret($0) }
        }
        try output.flush()
        tell("\(outcome.summary.text); its id is \(target.id)")
        if file == nil { tell("this is the only time that the secret is shown") }
    }
}
