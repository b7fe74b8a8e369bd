extension AuditEntry {
    /// The bytes that the chain vouches for: every field behind its length, a missing one told from an empty one.
    ///
    /// The form is part of every hash that was ever written, so it never changes; another one gets another first byte.
    package var canonical: [UInt8] {
        var bytes: [UInt8] = [1]
        withUnsafeBytes(of: at.milliseconds.bigEndian) { bytes.append(contentsOf: $0) }
        bytes.append(field: actor.clientID)
        bytes.append(field: actor.subject)
        bytes.append(field: actor.tenant)
        bytes.append(field: action.rawValue)
        bytes.append(field: target)
        bytes.append(field: tenant)
        bytes.append(field: reason)
        bytes.append(field: address)
        bytes.append(field: requestID)
        bytes.append(UInt8(truncatingIfNeeded: outcome.rawValue))
        withUnsafeBytes(of: UInt32(truncatingIfNeeded: details.count).bigEndian) { bytes.append(contentsOf: $0) }
        for detail in details {
            bytes.append(field: detail.name)
            bytes.append(field: detail.value)
        }
        return bytes
    }
}

extension [UInt8] {
    fileprivate mutating func append(field: String?) {
        guard let field else {
            append(0)
            return
        }
        append(1)
        let text = Array(field.utf8)
        Swift.withUnsafeBytes(of: UInt32(truncatingIfNeeded: text.count).bigEndian) { append(contentsOf: $0) }
        append(contentsOf: text)
    }
}
