package io.precordia.tensor.djl;

import io.precordia.tensor.Ops;
import io.precordia.tensor.OpsContractTest;

class DjlOpsContractTest extends OpsContractTest {
  @Override
  protected Ops open() {
    return DjlOps.cpu();
  }
}
