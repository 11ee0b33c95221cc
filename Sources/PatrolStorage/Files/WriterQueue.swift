internal import CSystem
internal import PatrolDomain

/// The queue of those who want to write: one turn at a time, in the order they came.
final class WriterQueue {
    private let path: String
    private var descriptor: Int32

    init(beside path: DatabasePath) throws(StorageError) {
        self.path = path.lock
        self.descriptor = try Self.open(path.lock)
    }

    deinit { _ = csystem_close(descriptor) }

    private static func open(_ path: String) throws(StorageError) -> Int32 {
        let descriptor = csystem_open_beside(path)
        switch descriptor {
        case 0...: return descriptor
        case -csystem_erofs: throw .readOnly(path: path)
        case -csystem_enospc, -csystem_edquot: throw .full
        case -csystem_eacces, -csystem_eperm: throw .permission(path: path, .denied)
        default: throw .system("open", path, descriptor)
        }
    }

    /// Waits for the turn until `deadline` has passed; then says who holds it.
    func enter(deadline: TimeSpan) throws(StorageError) {
        // Somebody may have put another file in the place of the one that was opened.
        for _ in 0..<3 {
            let code = csystem_enter_queue(descriptor, deadline.milliseconds)
            if code == -csystem_etimedout {
                let holder = csystem_queue_holder(descriptor)
                throw .busy(holder: holder > 0 ? holder : nil)
            }
            guard code == 0 else { throw .system("flock", path, code) }
            if csystem_is_at(descriptor, path) == 1 { return }
            _ = csystem_close(descriptor)
            descriptor = try Self.open(path)
        }
        throw .moved(path: path)
    }

    func leave() { _ = csystem_leave_queue(descriptor) }
}
