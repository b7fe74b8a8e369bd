internal import Glibc

/// What shows that a file is another than before.
struct FileStamp: Sendable, Hashable {
    private let seconds: Int
    private let nanoseconds: Int
    private let size: Int64
    private let inode: UInt64

    /// The stamps of files; a file that is not there has one of its own.
    static func of(_ paths: [String]) -> [FileStamp?] {
        paths.map { FileStamp(path: $0) }
    }

    private init?(path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        seconds = status.st_mtim.tv_sec
        nanoseconds = status.st_mtim.tv_nsec
        size = Int64(status.st_size)
        inode = UInt64(status.st_ino)
    }
}
