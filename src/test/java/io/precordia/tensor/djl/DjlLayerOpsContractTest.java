package io.precordia.tensor.djl;

import io.precordia.tensor.Ops;
import io.precordia.tensor.LayerOpsContractTest;

class DjlLayerOpsContractTest extends LayerOpsContractTest {
  @Override
  protected Ops open() {
    return DjlOps.cpu();
  }
}
