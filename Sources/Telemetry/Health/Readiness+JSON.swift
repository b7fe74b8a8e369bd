extension Readiness.Snapshot {
    /// The snapshot as JSON, the body of `/health/ready`.
    package var json: String {
        var bytes: [UInt8] = []
        bytes.append(contentsOf: #"{"ready":\#(isReady),"draining":\#(isDraining),"dependencies":["#.utf8)
        for (index, dependency) in dependencies.enumerated() {
            bytes.append(contentsOf: (index == 0 ? #"{"name":""# : #",{"name":""#).utf8)
            VisibleText.append(dependency.name.utf8.span, to: &bytes)
            bytes.append(contentsOf: #"","state":"\#(dependency.state.rawValue)","since":"#.utf8)
            bytes.append(contentsOf: #""\#(dependency.since.rfc3339)""#.utf8)
            if let reason = dependency.reason {
                bytes.append(contentsOf: #","reason":""#.utf8)
                VisibleText.append(reason.utf8.span, to: &bytes)
                bytes.append(UInt8(ascii: "\""))
            }
            bytes.append(UInt8(ascii: "}"))
        }
        bytes.append(contentsOf: "]}\n".utf8)
        return String(decoding: bytes, as: UTF8.self)
    }
}
