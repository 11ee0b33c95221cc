internal import PatrolStorage

extension Patrol {
    /// Readable when another process changed the account: for poll(2). Drain it, then look. -1 where
    /// the system can't tell.
    package var changeDescriptor: Int32 { store.changeDescriptor }

    /// Takes what the descriptor has to say. True when something was committed since the last time.
    package func drainChanges() throws(PatrolError) -> Bool {
        try Patrol.storage { () throws(StorageError) in try store.drainChanges() }
    }

    /// Copies the account, as it is at one moment, into a new file of mode 0600. The key of its
    /// secrets is not in it.
    package func backUp(to path: String) throws(PatrolError) {
        try Patrol.storage { () throws(StorageError) in try store.backUp(to: path) }
    }

    /// For a clean end: leaves a short log to the next who opens the account.
    package func settle() { store.settle() }
}
