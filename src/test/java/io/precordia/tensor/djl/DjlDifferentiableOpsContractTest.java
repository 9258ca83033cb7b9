package io.precordia.tensor.djl;

import io.precordia.tensor.DifferentiableOps;
import io.precordia.tensor.DifferentiableOpsContractTest;

class DjlDifferentiableOpsContractTest extends DifferentiableOpsContractTest {
  @Override
  protected DifferentiableOps open() {
    return DjlOps.cpu();
  }
}
