package io.precordia.api.view;

import java.util.List;

/** All adapters of the service's model, by name. */
public record AdapterList(List<AdapterView> adapters) {}
