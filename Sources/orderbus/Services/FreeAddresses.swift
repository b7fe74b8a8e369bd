internal import Glibc

/// Whether a program's addresses can be listened on, asked before anything else of it comes up.
///
/// Each is taken for a moment, all at once so that two of one program do not meet; who calls meanwhile is turned away.
/// Who takes an address between that and the listener's own start is told of in the system's words.
package enum FreeAddresses {
    /// - Throws: what keeps an address from being listened on, with the settings' names and values.
    package static func require(_ listeners: [ListenerSettings]) throws(ExplainedError) {
        var sockets: [Int32] = []
        defer { for socket in sockets { close(socket) } }
        for listener in listeners { sockets.append(try bind(listener)) }
    }

    /// A socket that holds the address; the first that the name has, which a listener takes too.
    private static func bind(_ listener: ListenerSettings) throws(ExplainedError) -> Int32 {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        let status = getaddrinfo(listener.host, String(listener.port), &hints, &list)
        guard status == 0, let entry = list?.pointee else {
            throw noAddress(listener, status == 0 ? "it has none" : String(cString: gai_strerror(status)))
        }
        defer { freeaddrinfo(list) }
        let descriptor = socket(entry.ai_family, entry.ai_socktype | Int32(SOCK_CLOEXEC.rawValue), entry.ai_protocol)
        guard descriptor >= 0 else { throw refused(listener, errno) }
        // As the listener does: a port whose last connections still fade away is free.
        var isOn: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &isOn, socklen_t(MemoryLayout<Int32>.size))
        guard Glibc.bind(descriptor, entry.ai_addr, entry.ai_addrlen) == 0, listen(descriptor, 1) == 0 else {
            let code = errno
            close(descriptor)
            throw refused(listener, code)
        }
        return descriptor
    }

    private static func noAddress(_ listener: ListenerSettings, _ reason: String) -> ExplainedError {
        let (name, host) = (listener.hostSetting.name, TerminalText.safe(listener.host))
        return ExplainedError(
            what: "\(name) is \"\(host)\", which has no address: \(reason)",
            place: "\(name)=\(host)",
            advice: "set \(name) to an address of this machine, for example \(listener.hostSetting.example)"
        )
    }

    private static func refused(_ listener: ListenerSettings, _ code: Int32) -> ExplainedError {
        let (host, port) = (listener.hostSetting.name, listener.portSetting.name)
        let advice =
            switch code {
            case EADDRINUSE: "stop what listens there, or set \(port) to a free port"
            case EADDRNOTAVAIL: "set \(host) to an address of this machine, for example \(listener.hostSetting.example)"
            case EACCES: "set \(port) to a port above 1023"
            default: "set \(host) and \(port) to what this machine has"
            }
        return ExplainedError(
            what: "cannot listen on \(port) \(listener.port) of \(host) \(TerminalText.safe(listener.host)): "
                + String(cString: strerror(code)),
            place: "\(host)=\(TerminalText.safe(listener.host)) \(port)=\(listener.port)",
            advice: advice
        )
    }
}
