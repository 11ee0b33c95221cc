import PatrolDomain
import PatrolJSON
import PatrolOperations
import PatrolPresentation

extension CommandRun {
    /// Checks the whole log, and names the entries that do not fit.
    mutating func verifyAudit() throws(CommandFailure) -> ExitCode {
        let patrol = try open().patrol
        var progress = progressLine
        defer { progress.clear() }
        let check = try Self.door { () throws(PatrolError) in
            try patrol.verifyAudit { done, all in progress.tell("audit entries", done, of: all) }
        }
        progress.clear()
        if isJSON {
            try output.json([
                "entries": .integer(check.entries), "isWhole": .bool(check.isWhole),
                "faults": .array(check.faults.map { ["sequence": .integer($0.sequence), "what": .string($0.what)] }),
            ])
        } else {
            for fault in check.faults { try output.line(fault.sentence) }
            let looked = Count.of(Int(check.entries), "entry", "entries").text
            try output.line("looked at \(looked): \(check.isWhole ? "all fit" : "the log was changed after it was written")")
        }
        return check.isWhole ? .done : .refused
    }
}

extension AuditCheck.Fault {
    fileprivate var sentence: SafeText {
        switch what {
        case "gap": "entry \(sequence): the number before it is missing"
        case "payload": "entry \(sequence): what it says can't be read"
        case "chain": "entry \(sequence): it does not follow from the entry before it"
        case "column": "entry \(sequence): its columns differ from what it says"
        case "time": "entry \(sequence): it is older than the entry before it"
        case "body": "entry \(sequence): its changes are not those it was written with"
        default: "entry \(sequence): \(what)"
        }
    }
}
