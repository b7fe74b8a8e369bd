import Glibc

/// A file that was not there before, readable by its owner alone.
package struct NewFile: ~Copyable {
    private let descriptor: Int32
    package let path: String

    /// Makes the file.
    ///
    /// - Throws: ``NewFileError`` where it exists or cannot be made.
    package init(path: String) throws(NewFileError) {
        descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .system }
        self.path = path
    }

    deinit { close(descriptor) }

    /// Writes all of it.
    ///
    /// - Throws: ``NewFileError`` where the disk is full, say; part of it may be written then.
    package borrowing func write(_ bytes: [UInt8]) throws(NewFileError) {
        if let error = Descriptor.write(bytes, to: descriptor) { throw NewFileError(error) }
    }

    /// Waits until the disk has what was written.
    package borrowing func sync() throws(NewFileError) {
        guard fsync(descriptor) == 0 else { throw .system }
    }
}
