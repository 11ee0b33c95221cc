internal import CSQLite
internal import CSystem

/// A failure of the world below the door: the file, the disk, the machine. Never a *no*.
package indirect enum StorageError: Error, Hashable, Sendable {
    /// There is nothing at the path.
    case notFound(path: String)
    /// There is something already where a new database was to be made.
    case alreadyExists(path: String)
    /// Something else is at the path; it was not touched.
    case notPatrol(path: String, NotPatrol)
    /// The database was written by a newer Patrol; it was not touched.
    case newer(found: Int, known: Int)
    /// The file, or a row in it, is not what was written. Bytes of it may be in the detail.
    case damaged(detail: String)
    /// Others write and did not let this one in before its deadline.
    case busy(holder: Int32?)
    /// The file or its disk can only be read.
    case readOnly(path: String)
    /// The disk is full. Nothing was changed.
    case full
    /// The file is no longer the one at its path. Nothing was acknowledged.
    case moved(path: String)
    /// Others could read or write the file or its folder, or it belongs to somebody else.
    case permission(path: String, Exposure)
    /// COMMIT failed: the change may or may not be there. The operation's id tells.
    case unknownOutcome(StorageError)
    /// The thing is not at the version that the change was made for.
    case conflict(detail: String)
    /// The predecessor of a new audit entry is not what was written: nothing is added to it.
    case auditBroken(sequence: Int64)
    /// Whoever started it asked for its end, and it ended between two steps. Nothing was changed.
    case stopped
    /// The system refused a call, by its error number.
    case system(call: String, path: String, code: Int32)
    /// SQLite refused, by its extended code.
    case sql(code: Int32, message: String)

    /// Why a file is not a database of Patrol's.
    package enum NotPatrol: Hashable, Sendable {
        case folder, symbolicLink, special, empty, notADatabase
        /// Another program's database, by its application id.
        case foreign(applicationID: UInt32)
    }

    /// Who else could get at a file or folder.
    package enum Exposure: Hashable, Sendable {
        /// Bits for group or others; the mode as it is.
        case mode(UInt32)
        /// It belongs to this user.
        case owner(UInt32)
        /// This process may not write to it.
        case denied
    }
}

extension StorageError {
    /// What an SQLite code means here.
    static func sqlite(code: Int32, message: String) -> StorageError {
        if code == csqlite_readonly_moved { return .moved(path: "") }
        // Not a matter of waiting: the transaction begins anew.
        if code == csqlite_busy_snapshot { return .sql(code: code, message: message) }
        switch code & 0xFF {
        case csqlite_busy: return .busy(holder: nil)
        case csqlite_interrupted: return .stopped
        case csqlite_full: return .full
        case csqlite_corrupt, csqlite_notadb: return .damaged(detail: message)
        case csqlite_readonly: return .readOnly(path: "")
        default: return .sql(code: code, message: message)
        }
    }

    /// Ends what takes long where its end was asked for: between two steps of it.
    static func stopWhereAsked() throws(StorageError) {
        if csystem_stop_asked() != 0 { throw .stopped }
    }

    /// What an error number of a system call means here. `code` is negative, as the calls answer.
    static func system(_ call: String, _ path: String, _ code: Int32) -> StorageError {
        .system(call: call, path: path, code: -code)
    }
}
