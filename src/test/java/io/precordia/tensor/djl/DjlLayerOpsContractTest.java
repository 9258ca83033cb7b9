package io.precordia.tensor.djl;

import io.precordia.tensor.LayerOpsContractTest;
import io.precordia.tensor.Ops;

class DjlLayerOpsContractTest extends LayerOpsContractTest {
  @Override
  protected Ops open() {
    return DjlOps.cpu();
  }
}
