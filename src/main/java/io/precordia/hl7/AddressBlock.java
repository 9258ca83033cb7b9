package io.precordia.hl7;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.net.InetAddress;

/**
 * An address or a block of them (CIDR), for example 10.1.0.0/16.
 *
 * @param network its address
 * @param bits length of its prefix
 */
public record AddressBlock(InetAddress network, int bits) {

  /**
   * @throws PrecordiaException INVALID_CONFIGURATION; names are not looked up
   */
  public static AddressBlock parse(String text) {
    String[] parts = text.strip().split("/", 2);
    try {
      InetAddress network = InetAddress.ofLiteral(parts[0]);
      int all = network.getAddress().length * 8;
      int bits = parts.length == 1 ? all : Integer.parseInt(parts[1]);
      if (bits >= 0 && bits <= all) {
        return new AddressBlock(network, bits);
      }
    } catch (IllegalArgumentException e) {
      // reported below with the form that is wanted
    }
    throw new PrecordiaException(
        ErrorCode.INVALID_CONFIGURATION,
        "precordia.hl7.addresses takes addresses and blocks such as 10.1.0.0/16");
  }

  /** Whether an address lies in it. */
  public boolean contains(InetAddress address) {
    byte[] a = network.getAddress();
    byte[] b = address.getAddress();
    if (a.length != b.length) {
      return false;
    }
    for (int i = 0; i < bits; i++) {
      int mask = 0x80 >> (i & 7);
      if ((a[i >> 3] & mask) != (b[i >> 3] & mask)) {
        return false;
      }
    }
    return true;
  }
}
