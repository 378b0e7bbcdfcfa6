"""Writes a log directory with TensorBoard's own package and prints what is in it, as JSON.

usage: write_event_files.py DIRECTORY
"""

import json
import os
import sys

from google.protobuf import struct_pb2
from tensorboard.compat.proto import event_pb2, summary_pb2, tensor_pb2, tensor_shape_pb2, types_pb2
from tensorboard.plugins.hparams import api_pb2, metadata, plugin_data_pb2
from tensorboard.summary.writer.event_file_writer import EventFileWriter
from tensorboard.summary.writer.record_writer import RecordWriter
from tensorboard.util import tensor_util

ROOT = sys.argv[1]
START = 1_700_000_000


class Log:
    """One event file, whose name says when it was made."""

    def __init__(self, run, second=0):
        directory = os.path.join(ROOT, run)
        os.makedirs(directory, exist_ok=True)
        self.path = os.path.join(directory, f"events.out.tfevents.{START + second}.host.7.0")
        self.start = START + second
        self.file = open(self.path, "wb")
        self.records = RecordWriter(self.file)
        self.write(event_pb2.Event(wall_time=self.start, file_version="brain.Event:2"))

    def write(self, event):
        self.records.write(event.SerializeToString())
        self.records.flush()

    def value(self, step, *values, time=None):
        summary = summary_pb2.Summary(value=values)
        self.write(event_pb2.Event(wall_time=self.start + step if time is None else time, step=step, summary=summary))

    def simple(self, step, **values):
        self.value(step, *[summary_pb2.Summary.Value(tag=tag, simple_value=value) for tag, value in values.items()])

    def hparams(self, tag, **data):
        content = plugin_data_pb2.HParamsPluginData(**data)
        self.value(0, summary_pb2.Summary.Value(
            tag=tag, metadata=metadata.create_summary_metadata(content), tensor=metadata.NULL_TENSOR))


def plugin(name):
    return summary_pb2.SummaryMetadata(plugin_data=summary_pb2.SummaryMetadata.PluginData(plugin_name=name))


def tensor(tag, value, dtype=None, name=None):
    return summary_pb2.Summary.Value(
        tag=tag, tensor=tensor_util.make_tensor_proto(value, dtype=dtype), metadata=plugin(name) if name else None)


def session(log, values, status=None, start=START, end=START + 90):
    info = plugin_data_pb2.SessionStartInfo(start_time_secs=start, group_name="sweep 1", model_uri="file:///model")
    for key, value in values.items():
        place = info.hparams[key]
        if isinstance(value, bool):
            place.bool_value = value
        elif isinstance(value, str):
            place.string_value = value
        else:
            place.number_value = value
    log.hparams(metadata.SESSION_START_INFO_TAG, session_start_info=info)
    if status is not None:
        info = plugin_data_pb2.SessionEndInfo(status=status, end_time_secs=end)
        log.hparams(metadata.SESSION_END_INFO_TAG, session_end_info=info)


plain = Log("plain", 1)
for step, loss in enumerate([1.5, float("nan"), float("inf"), float("-inf"), 0.25]):
    plain.simple(step, loss=loss, **{"lr/group 0": 0.5})

tf2 = Log("tf2", 2)
tf2.value(1, tensor("accuracy", 0.5, types_pb2.DT_FLOAT, "scalars"))
tf2.value(2, tensor("accuracy", 0.75, types_pb2.DT_FLOAT))
tf2.value(
    3, tensor("double", 0.1, types_pb2.DT_DOUBLE), tensor("count", 1 << 40, types_pb2.DT_INT64),
    tensor("small", -3, types_pb2.DT_INT32), tensor("flag", True, types_pb2.DT_BOOL),
    tensor("half", 0.25, types_pb2.DT_HALF), tensor("one of one", [2.0], types_pb2.DT_FLOAT))
# As numbers in a list, which other writers make.
tf2.value(4, summary_pb2.Summary.Value(tag="listed", tensor=tensor_pb2.TensorProto(
    dtype=types_pb2.DT_FLOAT, float_val=[7.0], tensor_shape=tensor_shape_pb2.TensorShapeProto())))
# What is no number, or of no use here.
tf2.value(5, tensor("text", "hello", name="text"), tensor("histogram", [[0.0, 1.0, 2.0]], types_pb2.DT_DOUBLE, "histograms"))
tf2.value(5, summary_pb2.Summary.Value(tag="image", image=summary_pb2.Summary.Image(
    height=1, width=1, colorspace=3, encoded_image_string=b"x" * 1_000)))
tf2.value(5, summary_pb2.Summary.Value(tag="huge", image=summary_pb2.Summary.Image(encoded_image_string=b"x" * (20 << 20))))
# A few numbers beside a picture, as one event, larger than what is read at a time.
tf2.value(6, summary_pb2.Summary.Value(tag="picture", image=summary_pb2.Summary.Image(encoded_image_string=b"x" * (1 << 20))),
          summary_pb2.Summary.Value(tag="beside", simple_value=3))
tf2.write(event_pb2.Event(wall_time=START + 7, graph_def=b"g" * (3 << 20)))
tf2.value(8, tensor("accuracy", 0.875, types_pb2.DT_FLOAT))

hparams = Log("hp")
hparams.hparams(metadata.EXPERIMENT_TAG, experiment=api_pb2.Experiment(description="a sweep of two", user="ana"))
good = Log("hp/good", 3)
session(good, {"lr": 0.1, "batch": 64, "optimizer": "adam", "nesterov": True}, api_pb2.STATUS_SUCCESS)
good.simple(1, loss=0.5)
bad = Log("hp/bad", 4)
session(bad, {"lr": 10.0}, api_pb2.STATUS_FAILURE)

# As PyTorch's `add_hparams` does: a directory named by the time, below the run's own.
torch = Log("torch", 5)
torch.simple(1, loss=0.5)
session(Log("torch/1700000005.25", 6), {"depth": 4.0}, api_pb2.STATUS_SUCCESS)

# As its `add_scalars` does: a directory for each curve.
Log("curves", 7).simple(1, loss=0.5)
Log("curves/loss_train", 8).simple(1, loss=0.25)
Log("curves/loss_validation", 9).simple(1, loss=0.75)

# Killed after step 5, and begun anew from the checkpoint of step 3.
before = Log("restart", 10)
for step in range(1, 6):
    before.simple(step, loss=10 - step, old=1)
after = Log("restart", 40)
after.write(event_pb2.Event(
    wall_time=START + 40, step=3, session_log=event_pb2.SessionLog(status=event_pb2.SessionLog.START)))
for step in (3, 4):
    after.simple(step, loss=0.5 * step)

# Two writers at a time.
for second in (11, 12):
    log = Log("two", second)
    for step in range(second - 11, 10, 2):
        log.simple(step, loss=step)

# By the package's own writer, with a thread of its own.
writer = EventFileWriter(os.path.join(ROOT, "own"))
for step in range(3):
    writer.add_event(event_pb2.Event(wall_time=START + step, step=step, summary=summary_pb2.Summary(
        value=[summary_pb2.Summary.Value(tag="loss", simple_value=step)])))
writer.close()

print(json.dumps({"start": START}))
