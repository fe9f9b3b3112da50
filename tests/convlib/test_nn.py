"""convlib.nn and the tensor path: torch's autograd on convlib's numbers."""

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from torch.autograd import gradcheck

import convlib
import convlib.nn
from convlib import autograd, core, gradients

NAMES = ["Conv1d", "Conv2d", "Conv3d", "ConvTranspose1d", "ConvTranspose2d", "ConvTranspose3d"]
SIZES = {"1": (9,), "2": (7, 8), "3": (5, 6, 7)}


def pair(name: str, *arguments, seed: int = 0, **options):
    """The same layer from torch.nn and from convlib.nn, each made from the same seed."""
    made = []
    for home in (torch.nn, convlib.nn):
        torch.manual_seed(seed)
        made.append(getattr(home, name)(*arguments, **options))
    return made


def image(name: str, channels: int, dtype=torch.float64, batch: tuple[int, ...] = (2,)) -> torch.Tensor:
    torch.manual_seed(1)
    return torch.randn(*batch, channels, *SIZES[name[-2]], dtype=dtype, requires_grad=True)


def outputs_and_grads(layer: torch.nn.Module, x: torch.Tensor, **options) -> list[torch.Tensor]:
    y = layer(x, **options)
    slopes = torch.linspace(-1, 1, y.numel(), dtype=y.dtype).reshape(y.shape)
    return [y, *torch.autograd.grad(y, [x, *layer.parameters()], slopes)]


def assert_alike(layers, x: torch.Tensor, **options) -> None:
    expected, received = (outputs_and_grads(layer, x, **options) for layer in layers)
    torch.testing.assert_close(received, expected, rtol=1e-10, atol=1e-10)


@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize("batch", [(), (2,)])
@pytest.mark.parametrize("name", NAMES)
def test_layers_are_torchs(name, batch, bias):
    options = {"stride": 2, "padding": 1, "dilation": 3, "groups": 2, "bias": bias, "dtype": torch.float64}
    options |= {"output_padding": 2} if "Transpose" in name else {"padding": 3}
    assert_alike(pair(name, 4, 6, 2, **options), image(name, 4, batch=batch))


@pytest.mark.parametrize("mode", ["zeros", "reflect", "replicate", "circular"])
@pytest.mark.parametrize("padding", [(2, 1), "same", "valid"])
@pytest.mark.filterwarnings("ignore:Using padding='same' with even kernel lengths")
def test_padding_modes_are_torchs(mode, padding):
    layers = pair("Conv2d", 2, 3, (4, 3), padding=padding, padding_mode=mode, dtype=torch.float64)
    assert_alike(layers, image("Conv2d", 2))


@pytest.mark.parametrize("name", NAMES[3:])
def test_output_size_is_torchs(name):
    layers = pair(name, 2, 3, 3, stride=2, padding=1, dtype=torch.float64)
    for extra in (0, 1):
        assert_alike(layers, image(name, 2), output_size=[2 * n - 1 + extra for n in SIZES[name[-2]]])


def test_output_size_out_of_range_is_torchs_error():
    with pytest.raises(ValueError, match="requested an output size"):
        convlib.nn.ConvTranspose1d(1, 1, 3, stride=2)(torch.zeros(1, 1, 4), output_size=[20])


@pytest.mark.parametrize("name", NAMES)
def test_one_seed_gives_one_set_of_parameters(name):
    theirs, ours = pair(name, 4, 6, 3, groups=2)
    assert all(map(torch.equal, theirs.parameters(), ours.parameters()))
    assert repr(theirs) == repr(ours)


@pytest.mark.parametrize("name", NAMES)
def test_state_dicts_go_both_ways(name):
    theirs, ours = pair(name, 4, 6, 3)[0], pair(name, 4, 6, 3, seed=5)[1]
    assert not torch.equal(theirs.weight, ours.weight)
    ours.load_state_dict(theirs.state_dict())
    assert torch.equal(theirs.weight, ours.weight)
    torch.nn.init.ones_(ours.weight)
    theirs.load_state_dict(ours.state_dict())
    assert (theirs.weight == 1).all()


def small_net(home) -> torch.nn.Sequential:
    torch.manual_seed(0)
    parts = [
        home.Conv2d(1, 4, 3, stride=2, padding=1),
        torch.nn.ReLU(),
        home.Conv2d(4, 6, (2, 3), padding="same", padding_mode="circular", groups=2),
        torch.nn.Tanh(),
        home.ConvTranspose2d(6, 1, 3, stride=2, padding=1, output_padding=1),
    ]
    return torch.nn.Sequential(*parts).double()


def losses(home, steps: int = 25) -> list[float]:
    """A small autoencoder learns 8 pictures; the loss of every step."""
    net = small_net(home)
    x = torch.rand(8, 1, 8, 10, dtype=torch.float64)
    optimizer, history = torch.optim.SGD(net.parameters(), lr=0.3, momentum=0.9), []
    for _ in range(steps):
        loss = F.mse_loss(net(x), x)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        history.append(loss.item())
    return history


@pytest.mark.filterwarnings("ignore:Using padding='same' with even kernel lengths")
def test_training_goes_as_torchs():
    ours, theirs = losses(convlib.nn), losses(torch.nn)
    assert ours[-1] < 0.8 * ours[0]
    np.testing.assert_allclose(ours, theirs, rtol=0, atol=1e-9)


@pytest.mark.filterwarnings("ignore:Using padding='same' with even kernel lengths")
def test_training_with_a_wrong_gradient_would_be_caught(monkeypatch):
    right = gradients.conv_weight_grad
    monkeypatch.setattr(gradients, "conv_weight_grad", lambda *a, **k: right(*a, **k)[..., ::-1].copy())
    assert np.abs(np.subtract(losses(convlib.nn, 5), losses(torch.nn, 5))).max() > 1e-6


@pytest.mark.parametrize(
    ("dtype", "bias"), [(torch.float64, True), (torch.float64, False), (torch.complex128, True)]
)
def test_gradcheck(dtype, bias):
    torch.manual_seed(0)
    x, w, up = (
        torch.randn(s, dtype=dtype, requires_grad=True) for s in [(1, 2, 4, 3), (4, 1, 2, 2), (2, 2, 2, 2)]
    )
    b, c = (torch.randn(n, dtype=dtype, requires_grad=True) if bias else None for n in (4, 2))
    assert gradcheck(lambda *t: convlib.conv2d(*t, 2, 1, (1, 2), 2), (x, w, b))
    assert gradcheck(lambda x, w: convlib.conv2d(x, w, padding=1, groups=2, padding_mode="circular"), (x, w))
    assert gradcheck(lambda *t: convlib.conv_transpose2d(*t, 2, 1, 1, dilation=2), (x, up, c))


def test_gradcheck_catches_a_missing_stride(monkeypatch):
    right = gradients.conv_input_grad

    def wrong(size, w, g, stride, *others, **options):
        room = np.zeros((*g.shape[:-1], size[-1] - w.shape[-1] + 1), g.dtype)
        room[..., : g.shape[-1]] = g
        return right(size, w, room, 1, *others, **options)

    monkeypatch.setattr(gradients, "conv_input_grad", wrong)
    x, w = (torch.rand(s, dtype=torch.float64, requires_grad=True) for s in [(1, 7), (1, 1, 3)])
    with pytest.raises(RuntimeError, match="Jacobian mismatch"):
        gradcheck(lambda x, w: convlib.conv1d(x, w, stride=2), (x, w))


@pytest.mark.parametrize("name", ["conv", "conv_transpose"])
def test_nothing_is_copied_in_or_out(monkeypatch, name):
    met = {}
    right = getattr(core, name)

    def watch(axes, *operands_and_options):
        met["in"] = operands_and_options[:3]
        met["out"] = right(axes, *operands_and_options)
        return met["out"]

    monkeypatch.setattr(core, name, watch)
    tensors = [torch.rand(s, requires_grad=True) for s in [(1, 2, 9), (2, 2, 3), (2,)]]
    y = getattr(convlib, f"{name}1d")(*tensors)
    assert y.data_ptr() == met["out"].ctypes.data
    for tensor, array in zip(tensors, met["in"], strict=True):
        assert np.shares_memory(tensor.detach().numpy(), array)


@pytest.mark.parametrize("wanted", [(0,), (1,), (2,), (0, 1, 2)])
def test_only_the_gradients_asked_for_are_computed(monkeypatch, wanted):
    names, called = ["conv_input_grad", "conv_weight_grad", "conv_bias_grad"], []
    for i, name in enumerate(names):
        right = getattr(gradients, name)
        monkeypatch.setattr(
            gradients, name, lambda *a, i=i, right=right, **k: called.append(i) or right(*a, **k)
        )
    shapes = [(2, 5), (2, 2, 3), (2,)]
    tensors = [torch.rand(shape, requires_grad=i in wanted) for i, shape in enumerate(shapes)]
    convlib.conv1d(*tensors).sum().backward()
    assert tuple(called) == wanted
    assert [t.grad is not None for t in tensors] == [i in wanted for i in range(3)]


@pytest.mark.parametrize(
    "dtype", [torch.float16, torch.bfloat16, torch.float32, torch.complex64, torch.int32, torch.uint8]
)
def test_dtypes_stay(dtype):
    x, w = torch.ones(1, 2, 6).to(dtype), torch.ones(2, 2, 3).to(dtype)
    if dtype.is_floating_point:
        x.requires_grad_()
        w.requires_grad_()
    y, up = convlib.conv1d(x, w), convlib.conv_transpose1d(x, w)
    assert y.dtype == up.dtype == dtype
    if dtype.is_floating_point:
        (y.sum() + up.sum()).backward()
        assert x.grad.dtype == w.grad.dtype == dtype


def test_bfloat16_rounds_once():
    x = torch.full((1, 300), 1.0, dtype=torch.bfloat16)
    w = torch.ones(1, 1, 300, dtype=torch.bfloat16)
    assert convlib.conv1d(x, w).item() == torch.tensor(300.0, dtype=torch.bfloat16).item()


def test_views_are_read_as_they_stand():
    """Conjugated, negated, strided and channels-last tensors."""
    x, w = (torch.randn(s, dtype=torch.complex128) for s in [(2, 3, 6, 7), (4, 3, 2, 2)])
    for view in (x.conj(), x.mT, x.to(memory_format=torch.channels_last), x.flip(3), x.expand(2, 3, 6, 7)):
        torch.testing.assert_close(convlib.conv2d(view, w.conj()), F.conv2d(view, w.conj()))
    real, weight = x.conj().imag, w.real
    assert real.is_neg()
    torch.testing.assert_close(convlib.conv2d(real, weight), F.conv2d(real, weight))


@pytest.mark.parametrize("mode", ["constant", "reflect", "replicate", "circular"])
def test_pad_has_gradients(mode):
    x = torch.rand(1, 1, 4, 5, dtype=torch.float64, requires_grad=True)
    assert gradcheck(lambda x: convlib.pad(x, (1, 2, 3, 0), mode), x)
    torch.testing.assert_close(convlib.pad(x, (1, 2, 3, 0), mode), F.pad(x, (1, 2, 3, 0), mode))


def test_linear_shares_no_memory_with_its_argument():
    x = torch.rand(3, requires_grad=True)
    y = autograd.linear(
        x, lambda a: a[:2], lambda g, size: np.concatenate([g, np.zeros(size[0] - 2, g.dtype)])
    )
    assert y.data_ptr() != x.data_ptr()
    slopes = torch.ones(3)
    (grad,) = torch.autograd.grad(autograd.linear(x, lambda a: a * 1, lambda g, size: g), x, slopes)
    assert grad.data_ptr() != slopes.data_ptr()


def test_gradients_of_gradients_are_refused():
    x = torch.rand(1, 5, requires_grad=True)
    (grad,) = torch.autograd.grad(convlib.conv1d(x, torch.ones(1, 1, 2)).square().sum(), x, create_graph=True)
    with pytest.raises(RuntimeError, match="once_differentiable"):
        grad.sum().backward()


X, W = torch.ones(1, 1, 5), torch.ones(1, 1, 3)
REFUSED = {
    "all tensors of one call must have one dtype, got input torch.float32, weight torch.float64": (
        X,
        W.double(),
    ),
    "got input torch.float32, weight torch.float32, bias torch.float64": (X, W, torch.ones(1).double()),
    "weight must be a torch.Tensor, as another operand is, got ndarray": (X, W.numpy()),
    "input must be a torch.Tensor, as another operand is, got list": ([[1, 2, 3]], W),
    "bias must be a torch.Tensor, as another operand is, got list": (X, W, [1.0]),
    "input must hold ints, floats or complex numbers, got dtype torch.bool": (X.bool(), W),
    r"weight must be on the CPU, the GPU path \(convlib.gpu\) is not there yet: got a tensor on meta": (
        X,
        W.to("meta"),
    ),
    r"input must be dense \(torch.strided\), got a tensor of layout torch.sparse_coo": (X.to_sparse(), W),
}


@pytest.mark.parametrize("message", REFUSED)
def test_refusals_say_what_was_received_and_expected(message):
    for function in (convlib.conv1d, convlib.conv_transpose1d):
        with pytest.raises(TypeError, match=message):
            function(*REFUSED[message])


def test_quantised_tensors_are_refused(recwarn):
    quantised = torch.quantize_per_tensor(X, 0.1, 0, torch.qint8)
    with pytest.raises(
        TypeError, match=r"input must hold ints, floats or complex numbers, got dtype torch\.qint8"
    ):
        convlib.conv1d(quantised, W)


def test_errors_of_the_core_come_out_unchanged():
    with pytest.raises(ValueError, match="input has 1 channels, but weight of shape") as caught:
        convlib.conv1d(X, torch.ones(1, 2, 3))
    with pytest.raises(ValueError) as from_arrays:
        convlib.conv1d(X.numpy(), np.ones((1, 2, 3), np.float32))
    assert str(caught.value) == str(from_arrays.value)
