package io.precordia.tensor.djl;

import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import io.precordia.tensor.ElementKind;
import io.precordia.tensor.Tensor;

/** A tensor held by PyTorch. */
record DjlTensor(PtNDArray array) implements Tensor {
  @Override
  public long[] shape() {
    return array.getShape().getShape().clone();
  }

  @Override
  public ElementKind kind() {
    DataType type = array.getDataType();
    return type == DataType.INT64
        ? ElementKind.INT
        : type == DataType.UINT8 ? ElementKind.BYTE : ElementKind.FLOAT;
  }
}
