import Glibc

/// A file of its own, replaced as a whole on each write.
struct TestFile {
    struct Failure: Error {
        let code = errno
    }

    let path: String

    init(_ bytes: [UInt8]) throws {
        var template = Array("/tmp/orderbus-tokens-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Failure() }
        path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self) + "/jwks.json"
        try write(bytes)
    }

    func write(_ bytes: [UInt8]) throws {
        guard let file = fopen(path + ".new", "w") else { throw Failure() }
        let written = fwrite(bytes, 1, bytes.count, file)
        guard fclose(file) == 0, written == bytes.count, rename(path + ".new", path) == 0 else { throw Failure() }
    }

    func remove() {
        unlink(path)
        rmdir(String(path.dropLast("/jwks.json".count)))
    }
}
