internal import CSystem

/// Tells other processes that something was committed: a byte is written to a file that they watch.
final class Doorbell {
    private let path: String
    private var bell: Int32
    /// Made when somebody first wants to hear it.
    private var ear: (descriptor: Int32, watch: Int32)?

    init(beside path: DatabasePath) throws(StorageError) {
        self.path = path.bell
        self.bell = csystem_open_beside(path.bell)
        guard bell >= 0 else { throw .system("open", path.bell, bell) }
    }

    deinit {
        if let ear { _ = csystem_close(ear.descriptor) }
        _ = csystem_close(bell)
    }

    /// Rings. Where it can't, the others still look at the database now and then.
    func ring() {
        hangUpAgain()
        _ = csystem_ring(bell)
    }

    /// Somebody may have taken the bell away.
    private func hangUpAgain() {
        if csystem_is_at(bell, path) == 1 { return }
        let again = csystem_open_beside(path)
        guard again >= 0 else { return }
        _ = csystem_close(bell)
        bell = again
    }

    /// Becomes readable when somebody rings; -1 where the system has no more to give.
    var descriptor: Int32 {
        if let ear { return ear.descriptor }
        var watch: Int32 = 0
        let descriptor = csystem_watch(path, &watch)
        guard descriptor >= 0 else { return -1 }
        ear = (descriptor, watch)
        return descriptor
    }

    /// Takes all rings that are waiting, and listens to the new bell where the old one was taken away.
    func drain() {
        guard var ear else { return }
        var isLost: Int32 = 0
        _ = csystem_drain(ear.descriptor, &isLost)
        guard isLost == 1 else { return }
        hangUpAgain()
        if csystem_rewatch(ear.descriptor, path, &ear.watch) == 0 { self.ear = ear }
    }
}
