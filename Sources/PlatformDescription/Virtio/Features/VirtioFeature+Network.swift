extension VirtioFeature {
  /// Bit `bit` of a network device.
  public static func network(_ bit: Network) -> VirtioFeature { VirtioFeature(bit) }

  /// The feature bits of a network device.
  ///
  /// **Source:** VIRTIO 1.3, section 5.1.3.
  public enum Network: Int, VirtioFeatureBit {
    /// VIRTIO_NET_F_CSUM, 0: the device handles packets with a partial checksum.
    case csum = 0
    /// VIRTIO_NET_F_GUEST_CSUM, 1: the driver handles packets with a partial checksum.
    case guestCsum = 1
    /// VIRTIO_NET_F_CTRL_GUEST_OFFLOADS, 2: offloads can be reconfigured through the control queue.
    case ctrlGuestOffloads = 2
    /// VIRTIO_NET_F_MTU, 3: the device says the largest packet.
    case mtu = 3
    /// VIRTIO_NET_F_MAC, 5: the device has an address of its own.
    case mac = 5
    /// VIRTIO_NET_F_GUEST_TSO4, 7: the driver takes TCPv4 segments that are joined.
    case guestTSO4 = 7
    /// VIRTIO_NET_F_GUEST_TSO6, 8: the driver takes TCPv6 segments that are joined.
    case guestTSO6 = 8
    /// VIRTIO_NET_F_GUEST_ECN, 9: the driver takes joined segments with congestion notification.
    case guestECN = 9
    /// VIRTIO_NET_F_GUEST_UFO, 10: the driver takes UDP packets that are joined.
    case guestUFO = 10
    /// VIRTIO_NET_F_HOST_TSO4, 11: the device takes TCPv4 segments that are joined.
    case hostTSO4 = 11
    /// VIRTIO_NET_F_HOST_TSO6, 12: the device takes TCPv6 segments that are joined.
    case hostTSO6 = 12
    /// VIRTIO_NET_F_HOST_ECN, 13: the device takes joined segments with congestion notification.
    case hostECN = 13
    /// VIRTIO_NET_F_HOST_UFO, 14: the device takes UDP packets that are joined.
    case hostUFO = 14
    /// VIRTIO_NET_F_MRG_RXBUF, 15: a packet may be spread over several receive buffers.
    case mrgRxbuf = 15
    /// VIRTIO_NET_F_STATUS, 16: the device says whether the link is up.
    case status = 16
    /// VIRTIO_NET_F_CTRL_VQ, 17: there is a control queue.
    case ctrlVQ = 17
    /// VIRTIO_NET_F_CTRL_RX, 18: receive modes are set through the control queue.
    case ctrlRX = 18
    /// VIRTIO_NET_F_CTRL_VLAN, 19: VLANs are filtered through the control queue.
    case ctrlVLAN = 19
    /// VIRTIO_NET_F_CTRL_RX_EXTRA, 20: further receive modes are set through the control queue.
    case ctrlRXExtra = 20
    /// VIRTIO_NET_F_GUEST_ANNOUNCE, 21: the driver can announce itself to the network.
    case guestAnnounce = 21
    /// VIRTIO_NET_F_MQ, 22: there are several pairs of queues.
    case mq = 22
    /// VIRTIO_NET_F_CTRL_MAC_ADDR, 23: the address is set through the control queue.
    case ctrlMACAddr = 23
    /// VIRTIO_NET_F_HASH_TUNNEL, 51: the inner header of a tunnelled packet is hashed.
    case hashTunnel = 51
    /// VIRTIO_NET_F_VQ_NOTF_COAL, 52: notifications of one queue are coalesced.
    case vqNotfCoal = 52
    /// VIRTIO_NET_F_NOTF_COAL, 53: notifications are coalesced.
    case notfCoal = 53
    /// VIRTIO_NET_F_GUEST_USO4, 54: the driver takes UDPv4 segments that are joined.
    case guestUSO4 = 54
    /// VIRTIO_NET_F_GUEST_USO6, 55: the driver takes UDPv6 segments that are joined.
    case guestUSO6 = 55
    /// VIRTIO_NET_F_HOST_USO, 56: the device takes UDP segments that are joined.
    case hostUSO = 56
    /// VIRTIO_NET_F_HASH_REPORT, 57: the device reports the hash of each packet.
    case hashReport = 57
    /// VIRTIO_NET_F_GUEST_HDRLEN, 59: the driver says the exact length of the header.
    case guestHdrlen = 59
    /// VIRTIO_NET_F_RSS, 60: packets are spread over the receive queues by their hash.
    case rss = 60
    /// VIRTIO_NET_F_RSC_EXT, 61: the device reports joined segments.
    case rscExt = 61
    /// VIRTIO_NET_F_STANDBY, 62: the device stands by for another of the same address.
    case standby = 62
    /// VIRTIO_NET_F_SPEED_DUPLEX, 63: the device says the speed of the link.
    case speedDuplex = 63

    /// The device ID, 1.
    public static var deviceID: Int { 1 }

    /// The standard's name: `VIRTIO_NET_F_CSUM`.
    public var name: String {
      switch self {
      case .csum: "VIRTIO_NET_F_CSUM"
      case .guestCsum: "VIRTIO_NET_F_GUEST_CSUM"
      case .ctrlGuestOffloads: "VIRTIO_NET_F_CTRL_GUEST_OFFLOADS"
      case .mtu: "VIRTIO_NET_F_MTU"
      case .mac: "VIRTIO_NET_F_MAC"
      case .guestTSO4: "VIRTIO_NET_F_GUEST_TSO4"
      case .guestTSO6: "VIRTIO_NET_F_GUEST_TSO6"
      case .guestECN: "VIRTIO_NET_F_GUEST_ECN"
      case .guestUFO: "VIRTIO_NET_F_GUEST_UFO"
      case .hostTSO4: "VIRTIO_NET_F_HOST_TSO4"
      case .hostTSO6: "VIRTIO_NET_F_HOST_TSO6"
      case .hostECN: "VIRTIO_NET_F_HOST_ECN"
      case .hostUFO: "VIRTIO_NET_F_HOST_UFO"
      case .mrgRxbuf: "VIRTIO_NET_F_MRG_RXBUF"
      case .status: "VIRTIO_NET_F_STATUS"
      case .ctrlVQ: "VIRTIO_NET_F_CTRL_VQ"
      case .ctrlRX: "VIRTIO_NET_F_CTRL_RX"
      case .ctrlVLAN: "VIRTIO_NET_F_CTRL_VLAN"
      case .ctrlRXExtra: "VIRTIO_NET_F_CTRL_RX_EXTRA"
      case .guestAnnounce: "VIRTIO_NET_F_GUEST_ANNOUNCE"
      case .mq: "VIRTIO_NET_F_MQ"
      case .ctrlMACAddr: "VIRTIO_NET_F_CTRL_MAC_ADDR"
      case .hashTunnel: "VIRTIO_NET_F_HASH_TUNNEL"
      case .vqNotfCoal: "VIRTIO_NET_F_VQ_NOTF_COAL"
      case .notfCoal: "VIRTIO_NET_F_NOTF_COAL"
      case .guestUSO4: "VIRTIO_NET_F_GUEST_USO4"
      case .guestUSO6: "VIRTIO_NET_F_GUEST_USO6"
      case .hostUSO: "VIRTIO_NET_F_HOST_USO"
      case .hashReport: "VIRTIO_NET_F_HASH_REPORT"
      case .guestHdrlen: "VIRTIO_NET_F_GUEST_HDRLEN"
      case .rss: "VIRTIO_NET_F_RSS"
      case .rscExt: "VIRTIO_NET_F_RSC_EXT"
      case .standby: "VIRTIO_NET_F_STANDBY"
      case .speedDuplex: "VIRTIO_NET_F_SPEED_DUPLEX"
      }
    }
  }
}
