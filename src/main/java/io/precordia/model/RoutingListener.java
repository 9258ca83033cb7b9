package io.precordia.model;

/** Learns how strongly a router used its members. */
@FunctionalInterface
public interface RoutingListener {
  RoutingListener NONE = (row, shares) -> {};

  /**
   * @param row place of the item in the call
   * @param shares mean weight of each member, in the router's order, over all routed layers and all
   *     real positions of the item
   */
  void routed(int row, double[] shares);
}
