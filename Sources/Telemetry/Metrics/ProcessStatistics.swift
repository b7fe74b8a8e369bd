import Glibc

/// What the kernel tells of this process, read from `/proc` (proc(5)).
struct ProcessStatistics {
    /// Memory held in RAM.
    let residentBytes: Double
    /// User and system time since the start.
    let processorSeconds: Double
    /// The start, as seconds since 1970.
    let startSeconds: Double

    /// Reads the figures; nil where `/proc` is not to be had.
    static func read() -> ProcessStatistics? {
        // The second field is the program's name in parentheses, which may hold anything.
        guard let process = contents(of: "/proc/self/stat"), let end = process.lastIndex(of: ")") else { return nil }
        // Field 3, the state, is at 0.
        let fields = process[process.index(after: end)...].split(separator: " ")
        guard fields.count > 21, let user = Double(fields[11]), let kernel = Double(fields[12]),
            let start = Double(fields[19]), let pages = Double(fields[21]), let boot = bootSeconds()
        else { return nil }
        let ticks = Double(sysconf(Int32(_SC_CLK_TCK)))
        guard ticks > 0 else { return nil }
        return ProcessStatistics(
            residentBytes: pages * Double(sysconf(Int32(_SC_PAGESIZE))),
            processorSeconds: (user + kernel) / ticks,
            startSeconds: boot + start / ticks
        )
    }

    /// The number of open file descriptors; nil where `/proc` is not to be had.
    static func openDescriptors() -> Double? {
        guard let directory = opendir("/proc/self/fd") else { return nil }
        defer { closedir(directory) }
        var count = 0.0
        while readdir(directory) != nil {
            count += 1
        }
        // Without `.`, `..` and the one that reads.
        return max(count - 3, 0)
    }

    /// When the system started, as seconds since 1970.
    private static func bootSeconds() -> Double? {
        guard let uptime = contents(of: "/proc/uptime")?.split(separator: " ").first.flatMap({ Double($0) }) else {
            return nil
        }
        return Double(WallTime.now.seconds) - uptime
    }

    private static func contents(of path: String) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = bytes.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
        return count > 0 ? String(decoding: bytes.prefix(count), as: UTF8.self) : nil
    }
}
