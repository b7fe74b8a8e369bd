import Glibc
import Testing
import orderbus

@Suite struct FreeAddressesTests {
    private static func listener(_ environment: [String: String]) throws -> ListenerSettings {
        try Settings.load(from: environment) { ListenerSettings.http(reading: &$0) }.value
    }

    /// A socket that listens on a port of the system's choice.
    private static func listening() throws -> (socket: Int32, port: Int) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(INADDR_LOOPBACK).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                _ = bind(descriptor, generic, length)
                _ = listen(descriptor, 1)
                _ = getsockname(descriptor, generic, &length)
            }
        }
        return (descriptor, Int(UInt16(bigEndian: address.sin_port)))
    }

    @Test func aPortThatIsTakenIsNamedWithItsSetting() throws {
        let (socket, port) = try Self.listening()
        let listener = try Self.listener(["PORT": "\(port)"])
        let error = #expect(throws: ExplainedError.self) { try FreeAddresses.require([listener]) }
        #expect(error?.explanation.what.contains("PORT \(port) of HTTP_HOST 127.0.0.1") == true)
        #expect(error?.explanation.status == .failed)
        close(socket)
        try FreeAddresses.require([listener])
        #expect(throws: ExplainedError.self, "two of one program") {
            try FreeAddresses.require([listener, listener])
        }
    }

    @Test(arguments: ["host.invalid", "192.0.2.1"])
    func aHostThatIsNotOursIsNamedWithItsSetting(host: String) throws {
        let listener = try Self.listener(["HTTP_HOST": host])
        let error = #expect(throws: ExplainedError.self) { try FreeAddresses.require([listener]) }
        #expect(error?.explanation.what.contains("HTTP_HOST") == true)
        #expect(error?.explanation.what.contains(host) == true)
    }
}
