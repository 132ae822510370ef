"""The least that Streamlit draws: a title and a last line. What a page takes beyond it is its own."""

import streamlit as st

st.title("Empty")
st.caption("Data version")
