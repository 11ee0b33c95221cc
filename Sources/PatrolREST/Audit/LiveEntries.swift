internal import PatrolDomain
package import PatrolJSON
package import PatrolOperations

/// An entry of the audit log for whoever listens.
package struct LiveEntry: Sendable {
    /// Its place in the log, from 1.
    package let sequence: Int64
    /// As `GET /api/v2/auditlog` lists it.
    package let json: JSON
}

extension RESTService {
    /// What was changed after an entry, oldest first, as far as the caller gets to see it.
    ///
    /// - Parameter limit: Entries that are looked at.
    /// - Returns: The entries, and the last one that was looked at. Nil where the account can't be read.
    package func liveEntries(
        after sequence: Int64, limit: Int, for caller: TokenSession
    ) -> (entries: [LiveEntry], last: Int64)? {
        let call = RESTCall(method: "GET", path: AuditEndpoints.path, caller: caller)
        guard let endpoint = EndpointTable.match(call.path)?.endpoints.first(where: { $0.method == .get }) else { return nil }
        do throws(RESTFault) {
            let request = RESTRequest(
                call: call, endpoint: endpoint, captured: [:], query: try Query(""),
                version: try APIVersionChoice(of: call, patrol.catalogue), patrol: patrol)
            let entries = try request.door { (patrol) throws(PatrolError) in
                try patrol.auditEntries(after: sequence, limit: limit)
            }
            let seen = entries.filter { $0.isAllowed && caller.sees(.entry($0)) }
            let told = try request.json(of: seen.map { .entry($0) })
            return (
                zip(seen, told).map { LiveEntry(sequence: $0.sequence, json: $1) }, entries.last?.sequence ?? sequence
            )
        } catch {
            return nil
        }
    }
}
