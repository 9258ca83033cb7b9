package io.precordia.api.view;

import io.precordia.study.ImagingOrder;
import java.util.List;

/** Orders of a subject, oldest first. */
public record OrderList(List<ImagingOrder> orders) {}
