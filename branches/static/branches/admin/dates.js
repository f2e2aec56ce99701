// What is typed into a date field stands until it is saved: the server reads dates as they are
// printed (2026年11月3日), and says which it cannot read. The picker would put today in their place.
jQuery.fn.datetimepicker.defaults.validateOnBlur = false;
