internal import Glibc

/// A key set in a file, read only when it has changed.
struct KeyFile {
    /// What changes when a file is written or replaced.
    private struct Stamp: Equatable {
        let device: UInt
        let inode: UInt
        let size: Int
        let seconds: Int
        let nanoseconds: Int

        init(_ status: stat) {
            device = UInt(status.st_dev)
            inode = UInt(status.st_ino)
            size = Int(status.st_size)
            seconds = status.st_mtim.tv_sec
            nanoseconds = status.st_mtim.tv_nsec
        }
    }

    private let path: String
    private var used: Stamp?

    init(path: String) { self.path = path }

    /// Returns the key set, unless the file is still the one whose set was used last.
    mutating func readIfChanged() throws -> KeySet? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw failure() }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw failure() }
        let stamp = Stamp(status)
        guard stamp != used else { return nil }
        let keys = try KeySet(jwks: try contents(of: descriptor))
        used = stamp
        return keys
    }

    /// Makes the next reading return the key set, changed or not.
    mutating func forget() { used = nil }

    /// Hardly more than a key set may have, which is enough to refuse it.
    private func contents(of descriptor: Int32) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 16 * 1024)
        while bytes.count <= KeySet.maxBytes {
            let count = read(descriptor, &chunk, chunk.count)
            guard count >= 0 else { throw failure() }
            guard count > 0 else { break }
            bytes += chunk.prefix(count)
        }
        return bytes
    }

    private func failure() -> KeyFetchError {
        .file(path: path, reason: String(cString: strerror(errno)))
    }
}
