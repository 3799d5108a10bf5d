"""The addresses of training and models. Part of the table in `routes.py`."""

from damping.workbench import model_insight, model_pages, model_trial
from damping.workbench.address import Address, Who

_M = "/latih/model/{model:str}"

MODEL_ADDRESSES: tuple[Address, ...] = (
    Address("GET", "/latih", Who.BOTH, model_pages.overview),
    Address("POST", "/latih", Who.TRAINERS, model_pages.start),
    Address("GET", "/latih/jalan", Who.BOTH, model_pages.progress, by_itself=True),
    Address("GET", "/latih/daftar", Who.BOTH, model_pages.listed, by_itself=True),
    Address("GET", "/latih/proses/{run:str}", Who.BOTH, model_pages.log),
    Address("POST", "/latih/proses/{run:str}/batal", Who.TRAINERS, model_pages.cancel),
    Address("GET", _M, Who.BOTH, model_pages.one),
    Address("GET", f"{_M}/laporan.html", Who.BOTH, model_pages.report),
    Address("POST", f"{_M}/banding", Who.TRAINERS, model_pages.compare),
    Address("POST", f"{_M}/nyalakan", Who.TRAINERS, model_pages.switch_on),
    Address("POST", f"{_M}/kembali", Who.BOTH, model_pages.roll_back),
    Address("GET", f"{_M}/coba", Who.TRAINERS, model_trial.page),
    Address("GET", f"{_M}/coba/siap", Who.TRAINERS, model_trial.ready, by_itself=True),
    Address("POST", f"{_M}/coba", Who.TRAINERS, model_trial.say),
    Address("POST", f"{_M}/coba/simpan", Who.TRAINERS, model_trial.keep),
    Address("GET", "/wawasan", Who.BOTH, model_insight.page),
)
