package io.precordia.api.results;

import java.util.List;

/** What was put on its way. */
public record DeliveryList(List<DeliveryView> deliveries) {}
